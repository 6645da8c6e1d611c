"""The full-text table anew, with the texts to quote from, and beside it a table of all words."""

from django.db import migrations

from impact.catalogue import fulltext


def create_tables(apps, schema_editor):
    # Where the migration before this one ran with this code, both are there already.
    drop_tables(apps, schema_editor)
    for statement in fulltext.statements_of_the_table():
        schema_editor.execute(statement)


def drop_tables(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS catalogue_text")
    schema_editor.execute("DROP TABLE IF EXISTS catalogue_word")


def mark_everything(apps, schema_editor):
    Change = apps.get_model("freshness", "Change")
    for page in apps.get_model("wagtailcore", "Page").objects.filter(depth=1):
        Change.objects.create(scope="tree", key=str(page.pk))


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_text"),
    ]

    operations = [
        migrations.RunPython(create_tables, drop_tables),
        migrations.RunPython(mark_everything, migrations.RunPython.noop),
    ]
