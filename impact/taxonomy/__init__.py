"""Categories, and tags in one normal form."""
