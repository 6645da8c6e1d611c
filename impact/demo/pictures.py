"""Keeps the printed pictures as images of the site."""

from io import BytesIO

from django.core.files.images import ImageFile
from wagtail.models import Collection

from impact.demo.artwork.printing import Sheet
from impact.media.models import ImpactImage

CREDIT = "Illustration: Orrery Street"
LICENCE = "CC BY 4.0"


def keep(sheet: Sheet, data: bytes, collection: Collection) -> ImpactImage:
    """Save a picture; a file that a load which was stopped has left behind is replaced."""
    image = ImpactImage(
        title=sheet.alt[:255],
        description=sheet.alt,
        credit=CREDIT,
        licence=LICENCE,
        collection=collection,
    )
    image.file = ImageFile(BytesIO(data), name=sheet.file_name)
    target = image.get_upload_to(sheet.file_name)
    storage = ImpactImage._meta.get_field("file").storage
    if storage.exists(target) and not ImpactImage.objects.filter(file=target).exists():
        storage.delete(target)
    image.save()
    return image
