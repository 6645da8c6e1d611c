"""Impact: a community impact-story CMS."""
