"""Moving out to a Hugo site: what the database holds, as Markdown, front matter, files and layouts.

`inline` and `prose` write rich text as Markdown, `blocks` the blocks of a body, `checked` reads every
page again before it is written, `stored` takes values apart, `pages` makes files of pages and people,
`site` adds configuration and layouts, and `exports` does all of it in one folder.
"""
