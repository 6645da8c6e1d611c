"""The check of what mail programs support can fail: each thing that one of them lacks is found."""

import pytest

from impact.newsletter.mail.html import mail_html
from impact.newsletter.mail.rules import ELEMENTS, PROPERTIES, findings
from impact.newsletter.mail.targets import ANY, MAILCHIMP
from tests.newsletter.digests import DIGEST

GOOD = mail_html(DIGEST).html


def with_body(fragment: str) -> str:
    """A good mail with something more in it."""
    return GOOD.replace("</body>", f"{fragment}</body>")


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("<script>1</script>", "<script> is not shown everywhere (html-script)"),
        ("<form></form>", "<form> is not shown everywhere (html-form)"),
        ("<svg></svg>", "<svg> is not shown everywhere (html-svg)"),
        ("<video></video>", "<video> is not shown everywhere (html-video)"),
        ("<picture></picture>", "<picture> is not shown everywhere (html-picture)"),
        ("<style>a{}</style>", "a sheet inside the body is ignored (html-style)"),
        ("<table></table>", "a table of the layout is read out as one (html-role)"),
        ('<p onclick="x">a</p>', "onclick= runs nowhere"),
        ('<a href="/here/">a</a>', "href='/here/' leads nowhere from a mail"),
        ('<a href="#part">a</a>', "href='#part' leads nowhere from a mail"),
        ('<a href="*|UNSUB|*">a</a>', "href='*|UNSUB|*' leads nowhere from a mail"),
        ('<div style="display: flex">a</div>', "display: flex on <div> is not known everywhere"),
        ('<div style="display: grid">a</div>', "display: grid on <div> is not known everywhere"),
        ('<p style="position: absolute">a</p>', "position: absolute is not known everywhere"),
        ('<p style="float: left">a</p>', "float: left is not known everywhere (css-float)"),
        ('<p style="background-image: url(a)">a</p>', "is not known everywhere (css-background-i"),
        ('<p style="padding: 4px">a</p>', "padding on <p> is ignored by Outlook (css-padding)"),
        ('<p style="margin: -4px">a</p>', "margin: -4px on <p> is not known everywhere"),
        ('<p style="margin: auto">a</p>', "margin: auto on <p> is not known everywhere"),
        ('<div style="width: 9px">a</div>', "width on <div> is ignored by Outlook (css-width)"),
        ('<p style="color: oklch(1 0 0)">a</p>', "color: oklch(1 0 0) on <p> is not known"),
        ('<p style="color: var(--a)">a</p>', "color: var(--a) on <p> is not known everywhere"),
        ('<p style="font-size: 1rem">a</p>', "font-size: 1rem on <p> is not known everywhere"),
        ('<img src="/a.jpg" alt="" width="1" height="1">', "src='/a.jpg' leads nowhere"),
        ('<img src="data:image/png;base64,a" alt="">', "leads nowhere from a mail"),
        ('<img src="https://a.org/a.jpg" width="1" height="1">', "has no alt"),
        ('<img src="https://a.org/a.jpg" alt="" height="1">', "has no width"),
        (
            '<img src="https://a.org/a.jpg" alt="" width="50%" height="1">',
            "width that is no number",
        ),
        ('<img src="https://a.org/a.webp" alt="" width="1" height="1">', "(image-webp)"),
        ('<img src="https://a.org/a.svg" alt="" width="1" height="1">', "(image-svg)"),
        ('<img src="https://a.org/a.avif" alt="" width="1" height="1">', "(image-avif)"),
        ('<img src="https://a.org/a.jpg" alt="" width="1" height="1">', "leaves a gap below it"),
        ('<td background="https://a.org/a.jpg">a</td>', "background= is ignored"),
        ("a" * 100_000, "more than 100000"),
    ],
)
def test_what_a_program_lacks_is_found(fragment: str, said: str) -> None:
    found = [str(each) for each in findings(with_body(fragment))]
    assert any(said in each for each in found), found


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (".a { color: #ffffff; }", "should stand in the elements"),
        ("@media (hover) { .a { color: #ffffff !important; } }", "@media (hover) is not known"),
        ("@media (max-width: 1px) { .a:has(b) { color: #ffffff !important; } }", "the selector"),
        ("@media (max-width: 1px) { .a { color: #ffffff; } }", "loses against the styles"),
        (f"/* {'x' * 9000} */", "is ignored by Gmail"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_found(sheet: str, said: str) -> None:
    html = GOOD.replace("</head>", f"<style>{sheet}</style></head>")
    found = [str(each) for each in findings(html)]
    assert any(said in each for each in found), found


def test_what_stands_around_a_mail_is_looked_at() -> None:
    assert findings(GOOD) == []
    assert "doctype" in str(findings(GOOD.replace("<!DOCTYPE html>", "")))
    assert "for Word" in str(findings(GOOD.replace("[if mso]><table", "[if x]><table")))
    leaving = mail_html(DIGEST, MAILCHIMP).html
    assert findings(leaving, MAILCHIMP) == []
    assert "UNSUB" in str(findings(leaving, ANY))


def test_the_tables_name_what_they_rest_on() -> None:
    named = [*filter(None, ELEMENTS.values()), *(each.feature for each in PROPERTIES.values())]
    assert all(name.startswith(("html-", "css-", "")) for name in named)
    # Where Outlook knows a property on some elements only, the others have to say why they may do without.
    assert all(each.value or each.feature for each in PROPERTIES.values())
