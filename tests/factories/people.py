"""Accounts."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from impact.accounts.models import User

_numbers = count(1)


def make_user(group: str = "", **fields: Any) -> User:
    """A user with the password `password`, in a group when one is named."""
    username = fields.pop("username", f"user-{next(_numbers)}")
    user = User.objects.create_user(
        username, f"{username}@example.org", password="password", **fields
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user
