"""StreamField blocks, one theme a module."""
