"""The blocks of a yearly report, one theme a file."""
