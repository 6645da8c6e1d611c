"""Benchmarks: run by `make bench`, never by the tests. They print ratios and assert nothing."""
