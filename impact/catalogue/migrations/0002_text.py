"""The tables of texts and words, which no model describes; and marks that have rows written of what is there."""

from django.db import migrations

from impact.catalogue import fulltext


def create_tables(apps, schema_editor):
    for statement in fulltext.statements_of_the_tables():
        schema_editor.execute(statement)


def drop_tables(apps, schema_editor):
    schema_editor.execute("DROP TABLE catalogue_text")
    schema_editor.execute("DROP TABLE catalogue_word")


def mark_everything(apps, schema_editor):
    Change = apps.get_model("freshness", "Change")
    for page in apps.get_model("wagtailcore", "Page").objects.filter(depth=1):
        Change.objects.create(scope="tree", key=str(page.pk))


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
        ("freshness", "0001_initial"),
        ("entries", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(create_tables, drop_tables),
        migrations.RunPython(mark_everything, migrations.RunPython.noop),
    ]
