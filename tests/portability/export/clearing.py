"""An empty site again."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage
from impact.media.models import ImpactDocument, ImpactImage
from impact.metrics.models import Metric
from impact.people.models import Author
from impact.portability.models import ImportRecord, PictureOrigin
from impact.roundups.models import RoundupPage
from impact.standard.models import StandardPage
from impact.taxonomy.models import Category, Tag


def clear() -> None:
    """Take away all content; the files stay on disk until the tests end."""
    for model in (EntryPage, RoundupPage, StandardPage, CommunityPage):
        for number in list(model.objects.values_list("pk", flat=True)):
            if page := Page.objects.filter(pk=number).first():
                page.specific.delete()
    for model in (
        Redirect, Metric, Author, Category, Tag, ImportRecord, PictureOrigin, ImpactImage, ImpactDocument,
    ):  # fmt: skip
        model.objects.all().delete()
