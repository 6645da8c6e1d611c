"""Tests of roundups."""
