"""The mail tool: which one, its key, what it is asked to do, and the record of what it has done."""
