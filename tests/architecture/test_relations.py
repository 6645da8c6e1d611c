"""The house rules that no import shows: relations point downwards, one name in five places."""

import tomllib
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models import Model

ROOT: Path = settings.BASE_DIR


def layers() -> dict[str, int]:
    """Return the layer of each package by the contract of `pyproject.toml`, 0 being the lowest."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (contract,) = config["tool"]["importlinter"]["contracts"]
    rows = [[name.strip() for name in row.split("|")] for row in contract["layers"]]
    return {name: level for level, row in enumerate(reversed(rows)) for name in row}


def ours() -> list[AppConfig]:
    """Return our own apps."""
    return [app for app in apps.get_app_configs() if app.name.split(".")[0] in {"impact", "home"}]


def relations(model: type[Model]) -> list[tuple[str, type[Model]]]:
    """Return the fields of a model that point at another one, with their targets."""
    return [
        (field.name, field.related_model)
        for field in model._meta.get_fields(include_parents=False)
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
    ] + [(f"parent {parent.__name__}", parent) for parent in model._meta.parents]


def test_every_app_has_a_layer() -> None:
    assert {app.name for app in ours()} <= set(layers())


@pytest.mark.parametrize("app", ours(), ids=lambda app: app.label)
def test_no_relation_points_upwards(app: AppConfig) -> None:
    level = layers()
    upwards = []
    for model in app.get_models(include_auto_created=True):
        for name, target in relations(model):
            at = target._meta.app_config.name
            sideways = at != app.name and level.get(at) == level[app.name]
            if at in level and (level[at] > level[app.name] or sideways):
                upwards.append(f"{model.__name__}.{name} → {at}.{target.__name__}")
    assert upwards == []


def test_relations_are_seen() -> None:
    """The rule above would pass on nothing."""
    entry = apps.get_model("entries.EntryPage")
    assert ("category", apps.get_model("taxonomy.Category")) in relations(entry)
    assert "parent Page" in dict(relations(entry))


@pytest.mark.parametrize("app", ours(), ids=lambda app: app.label)
def test_a_package_has_one_name(app: AppConfig) -> None:
    noun = app.name.rsplit(".", 1)[-1]
    assert app.label == noun
    assert Path(app.path) == ROOT.joinpath(*app.name.split("."))
    assert not (Path(app.path) / "templates").exists()


def test_templates_stand_in_the_folder_of_their_package() -> None:
    shared = {"components", "wagtailcore", "wagtailadmin", "wagtailsnippets", "wagtailusers"}
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    assert folders - shared <= {app.label for app in ours()}
    for app in ours():
        for model in app.get_models():
            if template := getattr(model, "template", ""):
                assert str(template).split("/")[0] == app.label


def test_tests_stand_in_the_folder_of_their_package() -> None:
    across = {"architecture", "benchmarks", "browser", "docs", "factories", "home", "__pycache__"}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    packages = {path.name for path in (ROOT / "impact").iterdir() if path.is_dir()}
    assert folders - across <= packages
