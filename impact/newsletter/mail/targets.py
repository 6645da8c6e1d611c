"""Where a mail is taken to, and what its place of sending adds by itself or wants to find in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A mail tool, as the text of a mail has to know it.

    `unsubscribe` and `postal` are tags that the tool replaces by a link and by the sender's postal address.
    They are empty where the tool adds both by itself: nothing is written that leads nowhere. `title` says
    whether the title stands in the text too, or in the subject alone. `note` is a line for whoever reads it.
    """

    name: str = ""
    unsubscribe: str = ""
    postal: str = ""
    title: bool = True
    note: str = ""


ANY = Target()
# Both tags are asked for in each campaign; where they are missing Mailchimp writes a footer of its own.
# https://mailchimp.com/help/about-campaign-footers/
MAILCHIMP = Target("Mailchimp", unsubscribe="*|UNSUB|*", postal="*|LIST:ADDRESSLINE|*")
# Its templates show the subject above the text and links for leaving below it.
BUTTONDOWN = Target("Buttondown", title=False)
