"""The proposal for a map: what is suspected, how it is written, and that it can be read back."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.portability.map_file import read_map
from impact.portability.mapping import resolve
from impact.portability.proposal import write_proposal
from impact.portability.suspicions import stem_of, suspect
from impact.portability.vocabulary import SECTIONS, Section, Vocabulary
from impact.taxonomy.normal_form import tag_slug
from tests.portability.plans import plan_of, write_file, write_post


def vocabulary_of(section: Section, posts: dict[str, int]) -> Vocabulary:
    vocabulary = Vocabulary()
    for name, number in posts.items():
        key = tag_slug(name) if section in {"tags", "categories"} else name
        vocabulary.add(section, key, name).posts = number
    return vocabulary


def suspected(section: Section, posts: dict[str, int]) -> dict[str, tuple[str, bool]]:
    found = suspect(vocabulary_of(section, posts), section)
    return {key: (one.same_as.name, one.sure) for key, one in found.items()}


def test_authors_a_letter_apart_are_merged_into_who_wrote_more() -> None:
    posts = {"Mira Holtt": 1, "Mira Holt": 9, "Mirra Holt": 1, "Li Wei": 2, "Li Wen": 1}
    assert suspected("authors", posts) == {
        "Mira Holtt": ("Mira Holt", True),
        "Mirra Holt": ("Mira Holt", True),
        "Li Wen": ("Li Wei", False),
    }


def test_two_profiles_a_letter_apart_may_be_two_people() -> None:
    vocabulary = vocabulary_of("authors", {"Anna Berger": 3, "Anne Berger": 0})
    for term in vocabulary.terms["authors"].values():
        term.has_page = True
    assert [one.sure for one in suspect(vocabulary, "authors").values()] == [False]


def test_a_first_name_that_begins_alike_is_only_a_guess() -> None:
    posts = {"James Holt": 2, "Jim Holt": 5, "J. Holt": 1, "Ida Holt": 1, "James Berg": 1}
    assert suspected("authors", posts) == {
        "James Holt": ("Jim Holt", False),
        "J. Holt": ("Jim Holt", False),
    }


def test_tags_that_differ_by_plural_or_hyphen_are_merged() -> None:
    posts = {
        "hubs": 5,
        "hub": 1,
        "open source": 3,
        "OpenSource": 1,
        "communities": 1,
        "community": 2,
        "class": 1,
        "sustainability": 4,
        "sustainabilty": 1,
        "report 2023": 1,
        "report 2024": 1,
    }
    assert suspected("tags", posts) == {
        "hub": ("hubs", True),
        "opensource": ("open source", True),
        "communities": ("community", True),
        "sustainabilty": ("sustainability", False),
    }
    assert stem_of("analysis") == stem_of("analysis")
    assert stem_of("class") != stem_of("clas")


def test_communities_of_one_title_are_merged_unless_their_websites_differ() -> None:
    vocabulary = Vocabulary()
    for key, title, website in (
        ("p/trust", "River Trust", "https://trust.example/"),
        ("p/trust-2", "river  trust", ""),
        ("p/copied", "River Trust", "https://copied.example/"),
        ("p/young", "Young River Trust of Holm", ""),
        ("p/river", "River", ""),
        ("p/riverside", "Riverside", ""),
    ):
        term = vocabulary.add("communities", key, title, key)
        term.website, term.has_page = website, True
    vocabulary.terms["communities"]["p/trust"].posts = 9
    found = suspect(vocabulary, "communities")
    assert {key: (one.same_as.key, one.sure) for key, one in found.items()} == {
        "p/trust-2": ("p/trust", True),
        "p/copied": ("p/trust", False),
        "p/young": ("p/trust", False),
        "p/river": ("p/trust", False),
    }


PROPOSED = """\
authors:
  Ida Berg:  # 1 post
  Jim Ames:  # 1 post; also written AMES, Jim
    # same as: Jon Ames  # the same surname, a first name that begins alike
  Jon Ames:  # no posts; has a profile
  Mira Holt-Berg:  # 2 posts
  Mira Holtt-Berg:  # 1 post
    same as: Mira Holt-Berg  # a letter apart
categories:
  Field Work:  # 3 posts; also written field-work
  'yes':  # 1 post
tags:
  '2024':  # 1 post
  field works:  # 1 post
    # leave out: yes  # Field Work is a category
  hub:  # 1 post
    same as: hubs  # but for a plural or a hyphen
  hubs:  # 2 posts
communities:
  partners/trust:  # River Trust; 2 posts
  partners/trust-2:  # River Trust; no posts
    same as: partners/trust  # the same title
"""


def test_a_proposal_lists_every_term_with_its_use(tmp_path: Path) -> None:
    write_file(tmp_path, "content/authors/jon/_index.md", "---\ntitle: Jon Ames\n---\n")
    for name in ("trust", "trust-2"):
        write_file(tmp_path, f"content/partners/{name}.md", "---\ntitle: River Trust\n---\nText.")
    trust = "See [them](/partners/trust/).\n"
    write_post(tmp_path, "a", "authors: [Mira Holt-Berg, Jim Ames]\ntags: [hubs, '2024']", trust)
    write_post(tmp_path, "b", "authors: [Mira Holt-Berg]\ncategories: [Field Work]", trust)
    write_post(tmp_path, "c", "authors: [Mira Holtt-Berg]\ncategories: [field-work]\ntags: [hubs]")
    write_post(tmp_path, "d", 'authors: "Ida Berg"\ncategories: [Field Work]\ntags: [hub]')
    write_post(tmp_path, "e", "categories: ['yes']\ntags: [field works]")
    text = (tmp_path / "content/blog/a.md").read_text()
    (tmp_path / "content/blog/a.md").write_text(text.replace("Jim Ames", '"AMES, Jim", Jim Ames'))
    plan = plan_of(tmp_path)
    for head in plan.entries:
        plan.read(head)
    write_proposal(tmp_path / "map.yaml", "https://orchard.example/", plan.vocabulary)
    written = (tmp_path / "map.yaml").read_text()
    body = [line for line in written.splitlines() if line and not line.startswith("#")]
    assert body == PROPOSED.splitlines()
    assert (
        "# What becomes of the authors, categories, tags and communities of https://orch" in written
    )

    again = plan_of(tmp_path, map_text=written)
    assert again.entries[2].authors == ("mira-holt-berg",)
    assert again.entries[3].tags == ("hubs",)
    assert [community.key for community in again.communities] == ["partners/trust"]


def test_a_proposal_never_replaces_a_file(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("mine")
    with pytest.raises(FileExistsError):
        write_proposal(tmp_path / "map.yaml", "", Vocabulary())
    assert (tmp_path / "map.yaml").read_text() == "mine"


NAMES = st.lists(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
    | st.sampled_from(["yes", "~", "null", "2024-01-01", "- a", "a: b # c", "&x", "*x", "!y", "?"]),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(NAMES, st.sampled_from(SECTIONS), st.data())
def test_every_proposal_can_be_read_back(
    names: list[str], section: Section, data: st.DataObject
) -> None:
    vocabulary = Vocabulary()
    for number, name in enumerate(names):
        if vocabulary.find(section, name) or not tag_slug(name):
            continue
        is_tag = section in {"tags", "categories"}
        term = vocabulary.add(section, tag_slug(name) if is_tag else str(number), name)
        term.posts = data.draw(st.integers(0, 2))
        term.has_page = not term.posts
        term.spellings.update({name: 1, data.draw(st.sampled_from(names)): 1})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.yaml"
        write_proposal(path, "".join(names), vocabulary)
        file = read_map(path)
    mapping = resolve(file, vocabulary)
    sure = {k: one.same_as.key for k, one in suspect(vocabulary, section).items() if one.sure}
    assert mapping.of(section).same_as == sure
    assert not any(mapping.of(section).changes)


def test_thousands_of_authors_are_looked_at_in_little_time() -> None:
    vocabulary = Vocabulary()
    for number in range(3000):
        name = f"Name{number * 7919 % 3001:04d}x Family{number % 60:02d}x"
        vocabulary.add("authors", str(number), name).posts = 1
    assert len(suspect(vocabulary, "authors")) > 2000
