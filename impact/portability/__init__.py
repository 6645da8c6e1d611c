"""Moving in from a Hugo site: read, plan, apply; and moving out to one (`export`).

`source` walks the files, `front_matter`, `markdown`, `html` and `shortcodes` read them, `links` finds what
addresses mean, `plan` decides everything as plain data (`records`, `content`) without touching the database,
and `apply` writes it, page by page, with a `ledger` that makes a further run write only what changed.

What the export wrote is read back to the letter: `written` its texts, `written_pages` its front matter,
`written_rows` the rest.
"""
