"""The month's digest: proposed from what was published, written into a mail, handed to the mail tool."""
