"""What every page has in common: base class, cards, registries that let upper packages add to lower pages."""
