"""Yearly impact reports."""
