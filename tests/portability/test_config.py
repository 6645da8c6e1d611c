"""The configuration of a site, in the order that Hugo 0.168 was seen to read its files."""

from pathlib import Path

import pytest

from impact.portability.config import Config, read_config
from impact.portability.messages import Log
from tests.portability.plans import findings, plan_of, write_file, write_post

ROOT_FILES = {
    "hugo.toml": 'title = "hugo.toml"',
    "hugo.yaml": "title: hugo.yaml",
    "hugo.yml": "title: hugo.yml",
    "hugo.json": '{"title": "hugo.json"}',
    "config.toml": 'title = "config.toml"',
    "config.yaml": "title: config.yaml",
    "config.json": '{"title": "config.json"}',
}


def config_of(root: Path, **files: str) -> Config:
    for name, text in files.items():
        write_file(root, name, text)
    return read_config(root, Log())


def test_one_file_of_the_root_counts(tmp_path: Path) -> None:
    config_of(tmp_path, **ROOT_FILES)
    for name in ROOT_FILES:
        assert config_of(tmp_path).text("title") == name
        (tmp_path / name).unlink()
    assert not config_of(tmp_path)


def test_defaults_stand_above_the_root_and_production_above_them(tmp_path: Path) -> None:
    config = config_of(
        tmp_path,
        **{
            "hugo.yaml": "title: root\ncopyright: root\nparams: {a: root, b: root, c: root}",
            "config/hugo.yaml": "title: read by nobody\nextra: x",
            "config/_default/hugo.toml": 'title = "default"\n[taxonomies]\ntopic = "topics"',
            "config/_default/params.yaml": "b: default\nc: default",
            "config/_default/more/taxonomies.json": '{"author": "writers"}',
            "config/production/hugo.yaml": "title: production",
            "config/production/params.toml": 'C = "production"',
            "config/staging/hugo.yaml": "title: staging",
        },
    )
    assert (config.text("title"), config.text("copyright")) == ("production", "root")
    assert config.mapping("params") == {"a": "root", "b": "default", "c": "production"}
    assert config.mapping("taxonomies") == {"topic": "topics", "author": "writers"}
    assert config.value("extra") is None


def test_names_know_no_case_and_the_default_language_speaks_first(tmp_path: Path) -> None:
    config = config_of(
        tmp_path,
        **{
            "hugo.yaml": "BASEURL: https://a.example\ntitle: All\ndefaultContentLanguage: de",
            "config/_default/languages.yaml": "de: {title: Deutsch, languageCode: de-at}\nfr: {title: F}",
            "config/_default/params.de.yaml": "description: Auf Deutsch.",
        },
    )
    assert config.text("baseURL") == "https://a.example"
    assert config.text("title") == "Deutsch"
    assert config.text("params", "description") == "Auf Deutsch."
    assert (config.language(), config.language("de"), config.language("fr")) == (
        "de-AT",
        "de-AT",
        "fr",
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("languageCode: en-us", "en-US"),
        ("languageCode: pt_BR\ndefaultContentLanguage: pt", "pt-BR"),
        ("locale: zh-hant-tw", "zh-Hant-TW"),
        ("defaultContentLanguage: es", "es"),
        ("title: Nothing said", ""),
    ],
)
def test_entries_have_the_language_of_the_site(tmp_path: Path, text: str, language: str) -> None:
    write_file(tmp_path, "hugo.yaml", text)
    write_post(tmp_path, "plain")
    write_post(tmp_path, "own", "lang: FR_ca")
    write_post(tmp_path, "wrong", "lang: no language")
    write_post(tmp_path, "blog/bundle/index.it")
    plan = plan_of(tmp_path)
    assert {e.key.split("/")[-1]: e.language for e in plan.entries} == {
        "plain": language,
        "own": "fr-CA",
        "wrong": language,
        "bundle.it": "it",
    }
    assert findings(plan, "language") == [("content/blog/wrong.md", 4)]


def test_settings_that_cannot_be_used_are_reported(tmp_path: Path) -> None:
    write_file(tmp_path, "hugo.yaml", "baseURL: orchard.example\nlanguageCode: In English")
    write_post(tmp_path, "a")
    texts = [message.text for message in plan_of(tmp_path).log.of("config")]
    assert len(texts) == 2
    assert "“In English” is no language code" in texts[0]
    assert "baseURL is orchard.example" in texts[1]
    assert "--base-url" in texts[1]
    given = plan_of(tmp_path, base_url="https://orchard.example/old")
    assert len(list(given.log.of("config"))) == 1
    assert given.entries[0].guid == "https://orchard.example/old/blog/a/"


def test_a_file_that_cannot_be_read_is_reported_with_its_line(tmp_path: Path) -> None:
    write_file(tmp_path, "config/_default/hugo.toml", 'title = "a"\nbroken')
    write_file(tmp_path, "config/_default/params.yaml", "description: Kept.")
    log = Log()
    config = read_config(tmp_path, log)
    assert [(m.file, m.line) for m in log.of("config")] == [("config/_default/hugo.toml", 2)]
    assert config.text("params", "description") == "Kept."


def test_permalinks_of_pages_are_found_in_both_forms(tmp_path: Path) -> None:
    write_file(tmp_path, "hugo.yaml", "permalinks:\n  news: /n/:slug/\n  page: {Blog: /p/:slug/}")
    write_post(tmp_path, "Blog/a")
    plan = plan_of(tmp_path, section="Blog")
    assert plan.entries[0].old_path == "p/a/"
