"""Caches that a site can lose without falling over."""
