"""An invented organisation and its content: the show window of an empty site.

The words lie in `content/`, one YAML file a story; `files` reads them, `richtext` and `bodies` turn them
into what the pages store, `artwork` draws the pictures, `load` makes the pages. No site needs it to run.
"""
