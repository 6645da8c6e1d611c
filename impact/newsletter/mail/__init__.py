"""A digest written as a mail: HTML, plain text, Markdown, and a check of what mail programs show. Pure."""
