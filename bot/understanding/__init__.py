"""Text → Meaning."""
