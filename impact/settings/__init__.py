"""Settings: `base` for everybody, `dev`, `test` and `production` on top of it."""
