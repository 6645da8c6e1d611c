"""Fills an empty database for measuring: `python -m tests.benchmarks.fill ENTRIES`.

What `seed_gallery` makes, and what it has no reason to make: lead images with their copies, a word that
stands in every twentieth entry, a yearly report, and an empty page.
"""

import sys
from io import BytesIO

import django

# In every twentieth entry: 5%.
WORD, WORD_EVERY = "lighthouse", 20
PICTURES = 24
# Where Wagtail's own empty page stands.
EMPTY = "empty"


def fill(entries: int) -> None:
    """Make a site with so many entries."""
    from django.core.management import call_command
    from django.db import connection, transaction
    from tqdm import tqdm
    from wagtail.models import Page, Site

    from impact.gallery.seeding import seed
    from impact.roundups.models import RoundupIndexPage, RoundupPage

    call_command("migrate", verbosity=0)
    # The read model is brought up to date once, at the end.
    with transaction.atomic(), tqdm(total=entries, unit=" entries", desc="seeding") as bar:
        seed(entries, bar.update)
        _hang_pictures()
        _plant_word()
        home = Site.objects.get(is_default_site=True).root_page
        home.add_child(instance=Page(title="Empty", slug=EMPTY))
        report = RoundupPage(year=2023, title="Impact report 2023", slug="2023")
        RoundupIndexPage.objects.get().add_child(instance=report)
    # What PostgreSQL does by itself. SQLite gathers no statistics unless somebody asks, and is better off so.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    connection.close()


def _hang_pictures() -> None:
    """Give every entry one of a few lead images, whose copies are made."""
    from django.core.files.images import ImageFile
    from django.db.models import F
    from PIL import Image

    from impact.entries.models import EntryPage
    from impact.media import renditions
    from impact.media.models import ImpactImage

    for number in range(PICTURES):
        buffer = BytesIO()
        Image.new("RGB", (960, 640), (number * 10, 120, 80)).save(buffer, "JPEG")
        buffer.seek(0)
        picture = ImpactImage.objects.create(
            title=f"Picture {number}",
            description=f"A field of one colour, number {number}",
            file=ImageFile(buffer, name=f"picture-{number}.jpg"),
        )
        renditions.prepare(picture, "card", "feature")
        rest = EntryPage.objects.alias(rest=F("pk") % PICTURES)
        rest.filter(rest=number).update(lead_image=picture)


def _plant_word() -> None:
    from django.db.models import F, Value
    from django.db.models.functions import Concat

    from impact.entries.models import EntryPage

    some = EntryPage.objects.alias(rest=F("pk") % WORD_EVERY).filter(rest=0)
    some.update(summary=Concat(F("summary"), Value(f" Seen from the {WORD}.")))


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]))
