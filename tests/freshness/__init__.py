"""Tests of freshness."""
