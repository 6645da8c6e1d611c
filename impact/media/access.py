"""Which documents anybody may have: the one meaning of "public" for files."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction

from impact.media.models import ImpactDocument


def public_documents() -> QuerySet[ImpactDocument]:
    """Return the documents in collections that neither are private nor lie in private ones."""
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    above = CollectionViewRestriction.objects.annotate(_path=path).filter(
        _path__startswith=F("collection__path")
    )
    return ImpactDocument.objects.filter(~Exists(above))
