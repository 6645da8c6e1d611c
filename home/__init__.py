"""The home page, and the site tree that every installation starts with."""
