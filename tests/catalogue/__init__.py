"""Tests of catalogue."""

import pytest

# What it says when it fails.
pytest.register_assert_rewrite("tests.catalogue.walk")
