"""Tests that look through a browser's eyes; they need Chromium."""
