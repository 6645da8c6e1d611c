"""RSS, Atom and JSON Feed of any selection of entries."""
