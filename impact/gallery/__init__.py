"""The impact gallery page."""
