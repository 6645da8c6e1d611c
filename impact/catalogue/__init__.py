"""Which entries are listed, in what order, and how many there are by facet."""
