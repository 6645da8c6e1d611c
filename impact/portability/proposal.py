"""The proposal for a map: every term of a source with its use, and those merged that are probably one."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import yaml

from impact.communities.models import CommunityKind, Region
from impact.entries.models import CommunityRole
from impact.portability.map_file import AS_TAG, IN_STORIES, LEAVE_OUT, SAME_AS
from impact.portability.suspicions import Suspicion, suspect, tags_named_as_categories
from impact.portability.vocabulary import SECTIONS, Section, Term, Vocabulary

_HEADER = f"""\
# What becomes of the authors, categories, tags and communities of {{source}}
#
# Below stands each of them. Change what you like, then import with this file:
#
#     import_hugo SOURCE --map {{file}}
#
# With --dry-run nothing is imported, and you see what the file does. It is never written again; without it
# a dry run writes a new one.
#
#     Jim Ames:                     merges Jim Ames into Jon Ames, who is kept; links and old
#       {SAME_AS}: Jon Ames           addresses of the one lead to the other
#     Jon Ames:
#       role: Director              says what he is, below the name; so does bio
#
# A line that is in force here was proposed because two look the same: take it away to keep both. A line
# behind a # is a guess: take the # away to use it. A name without anything stays as it is.
"""
_HELP: dict[Section, str] = {
    "authors": f"# {SAME_AS}, name, role, bio, {LEAVE_OUT}: yes",
    "categories": f"""\
# {SAME_AS}, name, colour: "#0f6e66", {LEAVE_OUT}: yes
# {AS_TAG}: yes   makes it a tag of its posts, which the next of their categories files""",
    "tags": f"# {SAME_AS}, name, {LEAVE_OUT}: yes",
    "communities": f"""\
# {SAME_AS}, title, website: https://…
# kind: {", ".join(CommunityKind.values)}
# region: {", ".join(Region.values)}
# {IN_STORIES}: {", ".join(CommunityRole.values)}   whatever they seem to be in each story""",
}


def write_proposal(path: Path, source: str, vocabulary: Vocabulary) -> None:
    """Write a proposal to a file that is not there yet. Raises `OSError` where that is impossible."""
    with path.open("x", encoding="utf-8") as file:
        _write(file, path, source, vocabulary)


def _write(file: TextIO, path: Path, source: str, vocabulary: Vocabulary) -> None:
    file.write(_HEADER.format(source=_printable(source), file=_printable(str(path))))
    for section in SECTIONS:
        file.write(f"\n{_HELP[section]}\n{section}:\n")
        file.writelines(f"{line}\n" for line in _lines(section, vocabulary))


def _lines(section: Section, vocabulary: Vocabulary) -> Iterator[str]:
    suspicions = suspect(vocabulary, section)
    categories = tags_named_as_categories(vocabulary) if section == "tags" else {}
    terms = (term for term in vocabulary.terms[section].values() if term.posts or term.has_page)
    for term in sorted(terms, key=lambda term: _shown(section, term).casefold()):
        yield f"  {_quoted(_shown(section, term))}:  # {_printable(_facts(section, term))}"
        if suspicion := suspicions.get(term.key):
            yield _merge(section, suspicion)
        elif category := categories.get(term.key):
            yield f"    # {LEAVE_OUT}: yes  # {_printable(category.name)} is a category"


def _merge(section: Section, suspicion: Suspicion) -> str:
    mark = "" if suspicion.sure else "# "
    name = _quoted(_shown(section, suspicion.same_as))
    return f"    {mark}{SAME_AS}: {name}  # {_printable(suspicion.why)}"


def _shown(section: Section, term: Term) -> str:
    """What a term is called in the map, where its name must be its own."""
    return term.key if section == "communities" else term.name


def _facts(section: Section, term: Term) -> str:
    facts = [f"{term.posts or 'no'} {'post' if term.posts == 1 else 'posts'}"]
    others = [
        spelling for spelling, _number in term.spellings.most_common() if spelling != term.name
    ]
    if section == "communities":
        facts.insert(0, term.name)
    if section == "authors" and term.has_page:
        facts.append("has a profile")
    if others:
        facts.append(f"also written {', '.join(others[:5])}{' …' if len(others) > 5 else ''}")
    return "; ".join(facts)


def _quoted(text: str) -> str:
    """A text as one YAML scalar in one line; only double quotes can escape a line break."""
    style = None if text.isprintable() else '"'
    written: str = yaml.safe_dump(text, allow_unicode=True, width=float("inf"), default_style=style)
    return written.removesuffix("\n").removesuffix("\n...")


def _printable(text: str) -> str:
    """A text for a comment: in one line, and without characters that YAML forbids."""
    return yaml.reader.Reader.NON_PRINTABLE.sub("?", " ".join(text.split()))
