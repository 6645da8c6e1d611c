"""What the people who write see around the pages: their menu, listings, and the look of the editor."""
