"""Tests of embeds."""
