"""What is kept of the mail tool: how it is set up, and each thing that it was asked to do."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail_newsletter import get_recipients_model_string

from impact.newsletter.tools.choice import Provider
from impact.newsletter.tools.forms import MailToolForm
from impact.newsletter.tools.keys import Key, seal


@register_setting(icon="mail", order=30)
class MailToolSettings(BaseGenericSetting):
    """Which mail tool drafts are made in. Its key is stored encrypted and never shown again."""

    provider = models.CharField(
        _("mail tool"), max_length=20, choices=Provider.choices, default=Provider.NONE
    )
    from_name = models.CharField(
        _("sender"),
        max_length=100,
        blank=True,
        help_text=_(
            "The name that readers see, for tools that ask for it. Left empty, the organisation’s."
        ),
    )
    reply_to = models.EmailField(
        _("reply address"),
        blank=True,
        help_text=_("Where answers go. Mailchimp needs it; Buttondown uses its own."),
    )
    sealed_key = models.TextField(blank=True, editable=False)
    key_for = models.CharField(max_length=20, blank=True, editable=False)
    key_ending = models.CharField(max_length=4, blank=True, editable=False)

    base_form_class = MailToolForm
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("provider"),
                FieldPanel("api_key"),
                FieldPanel("forget_key"),
            ],
            heading=_("Mail tool"),
        ),
        MultiFieldPanel([FieldPanel("from_name"), FieldPanel("reply_to")], heading=_("Sender")),
    ]

    class Meta:
        verbose_name = _("mail tool")

    def __str__(self) -> str:
        return str(Provider(self.provider).label)

    def keep(self, key: Key) -> None:
        """Keep a key for the tool that is chosen, in the place of the one that was kept."""
        self.sealed_key, self.key_for, self.key_ending = seal(key), self.provider, key.ending

    def forget(self) -> None:
        """Keep no key any more."""
        self.sealed_key = self.key_for = self.key_ending = ""


class DeliveryAction(models.TextChoices):
    """What a tool can be asked to do with a digest."""

    DRAFT = "draft", _("Draft")
    TEST = "test", _("Test")
    SEND = "send", _("Sending")


class DeliveryState(models.TextChoices):
    """How far it has come."""

    BEGUN = "begun", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("not known")


class Delivery(models.Model):
    """One thing that a mail tool was asked to do with one revision of a digest.

    It is written down before the tool is asked, so that two clicks, or a click after an answer that never
    came, can't do it twice. `decision` counts what people decided to do with a digest: a page offers the
    next one, so that a second click on the same button decides nothing new. `revision` is the number of
    Wagtail's revision, which may be gone by now.
    """

    digest = models.ForeignKey(
        "newsletter.DigestPage",
        verbose_name=_("digest"),
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    revision = models.PositiveBigIntegerField(_("revision"))
    provider = models.CharField(_("mail tool"), max_length=20, choices=Provider.choices)
    action = models.CharField(_("action"), max_length=10, choices=DeliveryAction)
    decision = models.PositiveIntegerField(_("decision"))
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState, default=DeliveryState.BEGUN
    )
    # What makes a repeated request one, at tools that know such keys.
    once = models.UUIDField(default=uuid.uuid4, editable=False)
    recipients = models.ForeignKey(
        get_recipients_model_string(),
        verbose_name=_("recipients"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    campaign = models.CharField(_("campaign"), max_length=200, blank=True)
    # Whether that campaign is out, as far as is known: it is not changed or sent again.
    spent = models.BooleanField(default=False)
    url = models.URLField(_("address there"), max_length=500, blank=True)
    message = models.TextField(_("message"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    begun_at = models.DateTimeField(_("begun at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            # What two clicks on one button share, whatever revisions they were looking at.
            models.UniqueConstraint(
                fields=["digest", "provider", "action", "decision"], name="decided_once"
            ),
            models.UniqueConstraint(
                fields=["digest", "provider"],
                condition=models.Q(state=DeliveryState.BEGUN),
                name="one_delivery_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.provider}): {self.get_state_display()}"
