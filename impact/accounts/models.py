"""The user account: custom from the first migration on, so that it can grow."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who signs in to the editor."""

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
