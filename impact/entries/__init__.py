"""What the gallery lists: impact stories and featured links."""
