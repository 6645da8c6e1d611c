"""The blocks of a digest."""
