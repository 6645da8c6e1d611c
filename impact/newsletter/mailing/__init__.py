"""The digest as a mail in the editor: looked at, copied, tried out, handed to the mail tool."""
