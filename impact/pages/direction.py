"""Which way a language is written. Pure."""

# Those written from right to left, by the first part of their code; Django knows four of them, as it
# knows only languages that it is translated into.
RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "ha", "he", "iw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}
)
# Scripts say more than languages: `az-Arab`, `ku-Latn`.
SCRIPTS = {"arab": "rtl", "hebr": "rtl", "thaa": "rtl", "latn": "ltr", "cyrl": "ltr"}


def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a language code.

    >>> direction("ar-EG"), direction("pt"), direction("ku-Latn"), direction("")
    ('rtl', 'ltr', 'ltr', 'ltr')
    """
    first, *rest = language.lower().replace("_", "-").split("-")
    for part in rest:
        if part in SCRIPTS:
            return SCRIPTS[part]
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"
