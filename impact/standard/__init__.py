"""Plain pages: about, contact, privacy."""
