"""What the catalogue adds to the pages of communities: their entries, and what follows from them."""
