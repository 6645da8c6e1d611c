"""The gallery's query string as a value object; pure Python."""
