"""The form of the mail tool: a key goes in and never comes out."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from impact.newsletter.tools.choice import MAILCHIMP_KEY, VARIABLES, Provider, fixed
from impact.newsletter.tools.keys import Key, UnreadableKeyError, resealed, unseal

# What may stand in a header: no space, nothing outside ASCII.
_PRINTABLE = re.compile(r"[\x21-\x7e]{8,500}")


class MailToolForm(WagtailAdminModelForm):
    """Asks for the tool and its key; an empty field keeps the key that there is."""

    api_key = forms.CharField(
        label=gettext_lazy("API key"),
        required=False,
        max_length=500,
        strip=True,
        widget=forms.PasswordInput(
            render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"}
        ),
    )
    forget_key = forms.BooleanField(label=gettext_lazy("Forget the key"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["api_key"].help_text = self._about_the_key()
        if not self.instance.sealed_key:
            self.fields["forget_key"].disabled = True
        for name, variable in VARIABLES.items():
            if value := fixed(name):
                field = self.fields[name]
                field.disabled = True
                field.help_text = _("Set by the operator (%(variable)s).") % {"variable": variable}
                if name != "api_key":
                    self.initial[name] = value

    def _about_the_key(self) -> str:
        if not self.instance.sealed_key:
            return _("Stored encrypted, and never shown again.")
        try:
            unseal(self.instance.sealed_key)
        except UnreadableKeyError:
            return _("The key that is kept can’t be read any more, because SECRET_KEY was changed.")
        kept = {
            "tool": Provider(self.instance.key_for).label,
            "ending": self.instance.key_ending,
        }
        if self.instance.key_ending:
            text = _("A key of %(tool)s ending in %(ending)s is kept. Leave empty to keep it.")
        else:
            text = _("A key of %(tool)s is kept. Leave empty to keep it.")
        return text % kept

    def clean_api_key(self) -> str:
        """Refuse what can't be a key, without repeating it."""
        given = str(self.cleaned_data["api_key"] or "")
        if given and not _PRINTABLE.fullmatch(given):
            raise forms.ValidationError(_("That is no key: copy it again, without spaces."))
        return given

    def clean(self) -> dict[str, Any]:
        """See that the key belongs to the tool."""
        cleaned: dict[str, Any] = super().clean()
        provider, given = cleaned.get("provider"), cleaned.get("api_key")
        if given and provider == Provider.MAILCHIMP and not MAILCHIMP_KEY.fullmatch(given):
            self.add_error(
                "api_key",
                _("A key of Mailchimp ends in a hyphen and a data centre, such as “-us21”."),
            )
        kept_for = self.instance.key_for
        if not given and kept_for and provider not in (kept_for, Provider.NONE, None):
            self.add_error(
                "api_key",
                _("The key that is kept is for %(kept)s. Give the one of %(chosen)s.")
                % {"kept": Provider(kept_for).label, "chosen": Provider(str(provider)).label},
            )
        # Whatever shows the form's data later shows no key.
        self._given = Key(given) if given else None
        cleaned["api_key"] = ""
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Keep a new key, or forget the old one."""
        instance = self.instance
        if self._given:
            instance.keep(self._given)
        elif self.cleaned_data.get("forget_key") and not self.fields["forget_key"].disabled:
            instance.forget()
        elif instance.sealed_key:
            instance.sealed_key = resealed(instance.sealed_key)
        return super().save(commit)
