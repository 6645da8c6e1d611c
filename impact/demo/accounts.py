"""Three logins to try the editor with; only on a development machine."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group

from impact.accounts.models import User
from impact.people.models import Author


@dataclass(frozen=True)
class Login:
    """Somebody who may sign in; the password is the user name."""

    username: str
    first_name: str
    last_name: str
    group: str
    author: str = ""

    @property
    def password(self) -> str:
        """Simple on purpose: these accounts never exist in production."""
        return self.username


LOGINS = (
    Login("writer", "Delphine", "Arceneaux", "Writers", author="delphine-arceneaux"),
    Login("editor", "Morag", "Tennant", "Editors", author="morag-tennant"),
    Login("admin", "Tobias", "Ahrend", "Administrators", author="tobias-ahrend"),
)


def allowed() -> bool:
    """Whether logins with such passwords may exist here."""
    return bool(settings.DEBUG)


def create() -> dict[str, User]:
    """Return the logins by user name, made where they are missing; none in production."""
    if not allowed():
        return {}
    return {login.username: _create(login) for login in LOGINS}


def _create(login: Login) -> User:
    user, is_new = User.objects.get_or_create(
        username=login.username,
        defaults={
            "first_name": login.first_name,
            "last_name": login.last_name,
            "is_superuser": login.group == "Administrators",
            "is_staff": login.group == "Administrators",
        },
    )
    if is_new:
        user.set_password(login.password)
        user.save()
        user.groups.add(*Group.objects.filter(name=login.group))
        Author.objects.filter(slug=login.author, account=None).update(account=user)
    return user
