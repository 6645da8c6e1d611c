"""The world map of the community index: land, places, and the points that stand for communities."""
