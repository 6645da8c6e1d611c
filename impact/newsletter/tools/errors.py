"""What can go wrong at a mail tool, told so that an editor knows what to do."""

from enum import Enum

from django.utils.translation import gettext as _
from wagtail_newsletter.campaign_backends import CampaignBackendError


class Trouble(Enum):
    """Kinds of trouble, by what helps."""

    KEY = "key"
    RIGHTS = "rights"
    MISSING = "missing"
    REFUSED = "refused"
    BUSY = "busy"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    CLOSED = "closed"
    SETUP = "setup"


# After these nobody knows whether the tool has done what it was asked for.
UNCERTAIN = frozenset({Trouble.BROKEN, Trouble.SILENT})
# These may be over in a moment.
TEMPORARY = UNCERTAIN | {Trouble.BUSY, Trouble.UNREACHABLE}


class ToolError(CampaignBackendError):
    """A mail tool did not do what it was asked for, or nobody knows whether it did.

    `status` is that of its answer, `detail` what it said in its own words, `wait` the seconds that it asks
    for. None of them holds a key.
    """

    def __init__(
        self,
        tool: str,
        trouble: Trouble,
        *,
        status: int | None = None,
        detail: str = "",
        wait: float | None = None,
    ) -> None:
        self.tool, self.trouble = tool, trouble
        self.status, self.detail, self.wait = status, detail, wait
        super().__init__(self._told())

    def __str__(self) -> str:
        return str(self.message)

    def __repr__(self) -> str:
        return f"ToolError({self.tool}, {self.trouble.value}, {self.status})"

    @property
    def uncertain(self) -> bool:
        """Whether the tool may have done it all the same."""
        return self.trouble in UNCERTAIN

    def _told(self) -> str:
        names = {
            "tool": self.tool,
            "detail": self.detail,
            "status": self.status,
            "wait": round(self.wait or 0),
        }
        match self.trouble:
            case Trouble.KEY:
                text = _(
                    "%(tool)s does not accept the key. Give a valid one in Settings → Mail tool."
                )
            case Trouble.RIGHTS:
                text = _(
                    "The key may not do this in %(tool)s. Give it the right to write and send."
                )
            case Trouble.MISSING:
                text = _(
                    "%(tool)s does not know it: it was deleted there, or the key is another’s."
                )
            case Trouble.REFUSED:
                text = _("%(tool)s refuses it: %(detail)s")
            case Trouble.BUSY if self.wait:
                text = _("%(tool)s is busy. Try again in %(wait)s seconds.")
            case Trouble.BUSY:
                text = _("%(tool)s is busy. Try again in a minute.")
            case Trouble.BROKEN:
                text = _("%(tool)s is out of order (%(status)s). Try again later.")
            case Trouble.UNREACHABLE:
                text = _("%(tool)s can’t be reached. Nothing was done there. Try again later.")
            case Trouble.SILENT:
                text = _(
                    "%(tool)s did not answer in time. Try again: what it has done is looked up first."
                )
            case Trouble.CLOSED:
                text = _(
                    "It has been sent or scheduled in %(tool)s, and is no longer changed from here."
                )
            case Trouble.SETUP:
                text = _("%(tool)s is not set up: %(detail)s")
        return str(text) % names


class NotChosenError(ToolError):
    """No mail tool is set up, or its key can't be read; the text says which."""

    def __init__(self, tool: str, detail: str) -> None:
        super().__init__(tool, Trouble.SETUP, detail=detail)
