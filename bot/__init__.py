"""Một Cửa: content is data, the conversation is a pure function, channels are thin."""

__version__ = "0.1.0"
