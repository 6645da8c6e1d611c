"""Readings as CSV, in and out: a file is read, planned, shown, and only then carried out as a whole.

A reading is known by its metric, its date and its community (or none); a file may change everything else
about it. Importing a file twice, or what was exported, changes nothing.
"""
