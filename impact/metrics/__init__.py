"""Figures that the organisation reports, and their readings."""
