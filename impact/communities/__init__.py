"""Partner communities and their index."""
