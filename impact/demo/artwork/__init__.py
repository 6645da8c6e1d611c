"""Pictures printed by code: one palette a category, flat inks, stippled shade, the grain of paper."""
