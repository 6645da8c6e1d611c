"""The editor's form of a tag."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from impact.taxonomy.models import Tag
from impact.taxonomy.normal_form import tag_name, tag_slug


class TagForm(WagtailAdminModelForm):
    """Keeps one spelling of each tag: its address follows its name, and a clash names the other tag."""

    def clean_name(self) -> str:
        """Return the name as it is shown."""
        name = tag_name(self.cleaned_data["name"])
        slug = tag_slug(name)
        if not slug:
            raise ValidationError(_("A tag needs a letter or a digit."))
        other = Tag.objects.filter(slug=slug).exclude(pk=self.instance.pk).first()
        if other is not None:
            raise ValidationError(
                _("That is the same tag as “%(name)s”. Use that one, and delete this one.")
                % {"name": other.name}
            )
        return name

    def save(self, commit: bool = True) -> Any:
        """Let the address follow the name."""
        self.instance.slug = tag_slug(self.cleaned_data["name"])
        return super().save(commit)
