"""What has changed: marks left by every change, and the version of the content as a whole."""
