"""Commands of portability."""
