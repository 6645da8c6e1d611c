"""The file of `--map` as YAML: what may stand in it, and what is said of what may not."""

from pathlib import Path

import pytest

from impact.portability.map_file import MapError, MapFile, read_map


def file_of(tmp_path: Path, text: str | bytes) -> MapFile:
    path = tmp_path / "map.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_map(path)


def problems(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in file_of(tmp_path, text).problems]


def test_texts_stay_as_they_are_written(tmp_path: Path) -> None:
    file = file_of(
        tmp_path,
        "\ufefftags:\r\n  2024: {same as: yes}\r\n  yes:\r\n  'null': {leave out: No}\r\n"
        "  1.0: # nothing\r\n",
    )
    assert file.problems == []
    assert [(w.name, dict(w.values), w.line) for w in file.wanted] == [
        ("2024", {"same as": "yes"}, 2),
        ("yes", {}, 3),
        ("null", {}, 4),
        ("1.0", {}, 5),
    ]


def test_values_are_read_as_people_write_them(tmp_path: Path) -> None:
    file = file_of(
        tmp_path,
        """
authors:
  Jon Ames:
    role: "  Director \\0 "
    bio: |
      One line.

      Another.
categories: {Reports: {colour: "#A1b2C3", as tag: TRUE}}
communities:
  partners/trust:
    kind: Member
    region: Latin America and the Caribbean
    in stories: Supporter
    website: https://trust.example/a
    title:
""",
    )
    assert file.problems == []
    assert [dict(wanted.values) for wanted in file.wanted] == [
        {"role": "Director", "bio": "One line.\n\nAnother."},
        {"colour": "#A1b2C3", "as tag": "yes"},
        {
            "kind": "member",
            "region": "latin-america",
            "in stories": "supporter",
            "website": "https://trust.example/a",
        },
    ]


@pytest.mark.parametrize("text", ["", "# a comment", "null", "authors:\ntags: ~\n"])
def test_an_empty_map_wants_nothing(tmp_path: Path, text: str) -> None:
    file = file_of(tmp_path, text)
    assert (file.wanted, file.problems) == ([], [])


def test_everything_that_is_wrong_is_named_at_once_with_its_line(tmp_path: Path) -> None:
    regions = "africa, asia, europe, latin-america, north-america, oceania, worldwide"
    of_communities = "same as, title, kind, website, region, in stories"
    found = problems(
        tmp_path,
        f"""\
autors: {{}}
authors:
  Jon Ames: same as Ida
  Ida Berg:
    rôle: Director
    role: [Director]
    name: {"x" * 121}
  Ida Berg:
    leave out: perhaps
  [a, b]: {{}}
categories: [a]
tags:
  pears: {{name: "!!", same as: {{a: b}}}}
categories: {{}}
communities:
  a: {{kind: friend, region: mars, in stories: hero, website: nowhere}}
  b: {{colour: "#123456"}}
""",
    )
    assert found == [
        (1, "“autors” is no section; there are: authors, categories, tags, communities"),
        (3, "what is wanted of “Jon Ames” is written as names with a colon, each on its line"),
        (5, "“rôle” is no key of authors; there are: same as, name, role, bio, leave out"),
        (6, "“role” is a text"),
        (7, f"“name” is longer than 120 characters, not “{'x' * 60}”"),
        (8, "“Ida Berg” stands here twice, first in line 4"),
        (10, "a name is a text"),
        (11, "categories is written as names with a colon, each on its line"),
        (13, "“name” has a letter or a digit, not “!!”"),
        (13, "“same as” is a text"),
        (14, "“categories” stands here twice, first in line 11"),
        (16, "“kind” is one of: member, collaborator, funder, project, not “friend”"),
        (16, f"“region” is one of: {regions}, not “mars”"),
        (16, "“in stories” is one of: about, supporter, not “hero”"),
        (16, "“website” is an address such as https://example.org/, not “nowhere”"),
        (17, f"“colour” is no key of communities; there are: {of_communities}"),
    ]


BOMB = "a: &a {x: y}\n" + "\n".join(
    f"{name}: &{name} {{{', '.join(f'{n}: *{inner}' for n in range(10))}}}"
    for inner, name in ("ab", "bc", "cd", "de", "ef", "fg", "gh")
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("tags: {a: [}", "map.yaml:1: no YAML"),
        ("tags:\n  a: b: c", "map.yaml:2: no YAML"),
        (BOMB, "map.yaml:2: no YAML: *a: a map has no aliases"),
        ("a: &a [*a]", "map.yaml:1: no YAML: *a: a map has no aliases"),
        ("a: 1\n---\nb: 2", "map.yaml:2: no YAML"),
        ("tags:\n  a\x07: {}", "map.yaml:2: no YAML: a character that can't be printed"),
        (b"tags:\n  \xff: {}", "map.yaml:2: no UTF-8 text"),
        ("[" * 100_000, "map.yaml: nested too deeply"),
        ("#" * 4_194_305, "map.yaml: larger than 4 MB"),
    ],
    ids=["flow", "block", "bomb", "loop", "two", "bell", "bytes", "deep", "large"],
)
def test_what_is_no_yaml_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, problem: str
) -> None:
    with pytest.raises(MapError) as caught:
        file_of(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path}/{problem}")


def test_a_map_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"none\.yaml: there is no such file"):
        read_map(tmp_path / "none.yaml")
    with pytest.raises(MapError, match=str(tmp_path)):
        read_map(tmp_path)
