"""Front matter and data as YAML, with keys in the order in which they are given."""

from datetime import datetime
from typing import Any

import yaml

# What a reader of another dialect of YAML may take for a number.
_NUMERIC = frozenset("0123456789.+-")


class _Dumper(yaml.SafeDumper):
    """Text of several lines as it reads, text that looks like a number in quotation marks."""


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text.strip("\n") else "'" if text[:1] in _NUMERIC else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _moment(dumper: _Dumper, moment: datetime) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", moment.isoformat())


_Dumper.add_representer(str, _text)
_Dumper.add_representer(datetime, _moment)


def as_yaml(data: Any) -> str:
    """Return data as YAML."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return text


def filled(**values: Any) -> dict[str, Any]:
    """Return the values that are not empty; `False` is, as everything that Hugo assumes anyway."""
    return {
        name.rstrip("_"): value
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


def as_page(data: dict[str, Any], body: str = "") -> str:
    """Return a content file."""
    text = f"---\n{as_yaml(data)}---\n"
    return f"{text}\n{body}\n" if body else text
