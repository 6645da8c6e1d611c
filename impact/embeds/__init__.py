"""What a community shows of itself on its own website: a small document for a frame."""
