"""Rules that several blocks share, with messages that stand at the field they are about."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError


def one_of(value: Any, first: str, second: str, message: Any) -> dict[str, ValidationError]:
    """Return an error for both fields unless exactly one of them is filled."""
    if bool(value.get(first)) == bool(value.get(second)):
        return {first: ValidationError(message)}
    return {}


def refuse(errors: dict[str, ValidationError]) -> None:
    """Raise what was found, if anything was."""
    if errors:
        raise StructBlockValidationError(block_errors=errors)
