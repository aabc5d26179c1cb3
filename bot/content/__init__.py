"""Files → Content."""
