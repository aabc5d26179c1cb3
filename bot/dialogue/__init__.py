"""Meaning → Reply."""
