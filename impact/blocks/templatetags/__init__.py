"""Template tags of bodies of text."""
