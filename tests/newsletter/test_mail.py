"""What a digest becomes as a mail: whatever it says arrives, in every format, and does nothing else."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from impact.newsletter.contents import Digest, Group
from impact.newsletter.mail import passages
from impact.newsletter.mail.disarming import JOINER
from impact.newsletter.mail.html import LIMIT, mail_html
from impact.newsletter.mail.markdown import markdown
from impact.newsletter.mail.plain import WIDTH, plain_text
from impact.newsletter.mail.rules import findings
from impact.newsletter.mail.targets import ANY, BUTTONDOWN, MAILCHIMP
from tests.newsletter.digests import DIGEST, SITE, line, long_digest, picture, saying
from tests.validity import complaints

COMMONMARK, GITHUBS = MarkdownIt("commonmark"), MarkdownIt("gfm-like")
# What Mailchimp replaces, and what Buttondown and other users of such brackets run.
TAGS = re.compile(r"\*\||\|\*|\{\{|\{%|\{#|\}\}|%\}|#\}")
OWN_TAGS = ("*|UNSUB|*", "*|LIST:ADDRESSLINE|*")

HOSTILE = st.one_of(
    st.text(min_size=1, max_size=40),
    st.text(alphabet="*_[]()<>{}%#|\\`~!&=+-.:;^$\"' \n\t1aé", min_size=1, max_size=30),
    st.sampled_from(
        [
            "{{ subscriber.email }}",
            "*|FNAME|*",
            "{% include 'x' %} {# y #}",
            "<script>alert(1)</script>",
            "</style></title><img src=x onerror=alert(1)>",
            "<!--[if mso]> --> <b>",
            "1. Not a list",
            "- nor this",
            "# nor a heading #",
            "> nor a quotation",
            "![not](a picture)",
            "[not]: http://a.link/",
            "&lt;b&gt; &copy; &#42;",
            "a  b\u00a0c",
            "| a | b |\n|---|---|",
            "== a ==\n---",
            "ends with a backslash \\",
            "http://example.org/_a_*b*",
        ]
    ),
)


def flat(text: str) -> str:
    """Words without what nobody sees: how they are spaced, control characters, joiners."""
    text = re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]", "", text)
    return " ".join(text.replace(JOINER, "").split())


def parsed(html: str) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


def shape(html: str) -> list[Any]:
    """The elements of a document, without what they say; links by where they lead."""
    return [
        (each.tag, each.get("href"), each.get("src"), sorted(each.keys()))
        for each in parsed(html).iter()
        if isinstance(each.tag, str)
    ]


def texts(html: str) -> list[str]:
    """What each element says, with all that is in it."""
    return [flat("".join(each.itertext())) for each in parsed(html).iter()]


@given(title=HOSTILE, sentence=HOSTILE)
@example(title="{{{{%%}}}}", sentence="*|*|*")
@example(title="0", sentence="HTTP://0/[")
@settings(max_examples=120, deadline=None)
def test_whatever_is_said_arrives_and_does_nothing(title: str, sentence: str) -> None:
    if not flat(title) or not flat(sentence):
        return
    digest, plain = saying(title, sentence), saying("Word", "Another")

    html = mail_html(digest, MAILCHIMP).html
    assert shape(html) == shape(mail_html(plain, MAILCHIMP).html)
    assert texts(html).count(flat(title)) >= 5
    assert flat(sentence) in texts(html)
    assert parsed(html).findtext("head/title").replace(JOINER, "").split() == title_words(title)

    written = markdown(digest)
    for reader in (COMMONMARK, GITHUBS):
        read = reader.render(written)
        assert [each[0] for each in shape(read)] == [
            each[0] for each in shape(reader.render(markdown(plain)))
        ] or reader is GITHUBS
        assert flat(title) in texts(read)
        assert flat(sentence) in " ".join(texts(read))

    text = plain_text(digest, MAILCHIMP)
    assert flat(text).count(flat(title)) >= 5
    assert flat(sentence) in flat(text)

    for said in (html, unescape(html), written, COMMONMARK.render(written), text):
        for own in OWN_TAGS:
            said = said.replace(own, "")
        said = re.sub(r"<style>.*?</style>", "", said, flags=re.DOTALL)
        assert not TAGS.search(said)


def title_words(title: str) -> list[str]:
    return flat(title).split()


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=80, deadline=None)
def test_the_editors_own_words_arrive_too(one: str, other: str, address: str) -> None:
    from django.utils.html import escape

    html = (
        f"<p>{escape(one)}<b>{escape(other)}</b>{escape(one)}<i>{escape(other)}</i><br>"
        f'<a href="https://a.org/?q={escape(address)}">{escape(one)}x</a></p>'
        f"<ul><li>{escape(other)}x<ol><li>{escape(one)}y</li></ol></li></ul>"
        f"<blockquote><p>{escape(one)}z</p></blockquote>"
    )
    digest = replace(DIGEST, introduction=html)
    wanted = [flat(one) + "x", flat(one) + "y", flat(one) + "z"]
    wanted = [re.sub(r"\s+(?=[xyz]$)", " ", each) for each in wanted]
    squeezed = ["".join(each.split()) for each in wanted]
    for said in (
        mail_html(digest).html,
        COMMONMARK.render(markdown(digest)),
        f"<p>{escape(plain_text(digest))}</p>",
    ):
        all_of_it = "".join(flat("".join(parsed(said).itertext())).split())
        for each in squeezed:
            assert each in all_of_it
        assert not parsed(said).findall(".//script")


def test_a_mail_passes_every_check() -> None:
    for target in (ANY, MAILCHIMP, BUTTONDOWN):
        for scheme in ("", "light", "dark"):
            for digest in (DIGEST, replace(DIGEST, lead=None), replace(DIGEST, language="ar")):
                mail = mail_html(digest, target, scheme)
                assert findings(mail.html, target) == []
                assert complaints(mail.html) == []
    assert mail_html(DIGEST).pictures == 2


def test_lines_without_a_heading_above_them_keep_the_order_of_headings() -> None:
    digest = replace(DIGEST, lead=None, groups=(Group("", (line("One"),)), *DIGEST.groups))
    assert complaints(mail_html(digest).html) == []


def test_a_mail_is_written_as_its_language_is() -> None:
    html = mail_html(replace(DIGEST, language="ar")).html
    assert '<html lang="ar" dir="rtl">' in html
    assert "text-align: right" in html
    assert "text-align: left" not in html
    assert parsed(html).find(".//td[@lang='es']") is not None


def test_a_mail_that_programs_would_cut_off_is_shortened() -> None:
    fits = mail_html(long_digest(20))
    assert fits.left_out == ""
    for lines, kind in ((90, "sentences"), (300, "lines")):
        mail = mail_html(long_digest(lines))
        assert mail.left_out == kind
        assert mail.size <= LIMIT
        assert "This mail is shortened. Read all of it on the site" in mail.html
        assert "The story number 0" in mail.html
        assert findings(mail.html) == []
    endless = replace(long_digest(5), introduction=f"<p>{'word ' * 40_000}</p>")
    mail = mail_html(endless)
    assert (mail.left_out, mail.size <= LIMIT) == ("words", True)
    assert "Forty gauges" in mail.html


def test_pictures_that_mail_programs_leave_out_are_left_out() -> None:
    drawing = replace(picture(), url=f"{SITE}/logo.svg")
    digest = replace(DIGEST, sender=replace(DIGEST.sender, logo=drawing))
    html = mail_html(digest).html
    assert ".svg" not in html
    assert "River &amp; Reef" in html
    shown = mail_html(replace(DIGEST, sender=replace(DIGEST.sender, logo=picture("logo")))).html
    image = parsed(shown).find(".//img")
    assert (image.get("alt"), image.get("height")) == ("River & Reef", "48")


def test_pictures_that_are_not_loaded_widen_nothing() -> None:
    tables = parsed(mail_html(DIGEST).html).iter("table")
    styles = {each.get("class"): each.get("style") for each in tables}
    for name in ("sheet", "line-table"):
        assert "table-layout: fixed" in styles[name]


def test_a_picture_without_words_of_its_own_says_where_it_leads() -> None:
    assert DIGEST.lead is not None
    lead = replace(DIGEST.lead, image=picture(alt=""))
    html = mail_html(replace(DIGEST, lead=lead)).html
    assert parsed(html).find(".//img").get("alt") == "Forty gauges"


def test_the_colours_of_a_preview_are_those_that_were_asked_for() -> None:
    asked, light, dark = (mail_html(DIGEST, scheme=each).html for each in ("", "light", "dark"))
    assert "@media (prefers-color-scheme: dark)" in asked
    assert "prefers-color-scheme" not in light + dark
    assert "#1d2126" in dark
    assert "#1d2126" not in light


def test_only_mailchimp_is_told_how_to_leave() -> None:
    for write in (lambda d, t: mail_html(d, t).html, plain_text, markdown):
        assert all(tag in write(DIGEST, MAILCHIMP) for tag in OWN_TAGS)
        for target in (ANY, BUTTONDOWN):
            assert "nsubscribe" not in write(DIGEST, target)


def test_plain_text_is_wrapped_and_addresses_are_whole() -> None:
    far = f"{SITE}/{'very-' * 30}far/"
    text = plain_text(replace(DIGEST, lead=line("Far", "word " * 60, url=far)))
    assert far in text.split("\n")
    assert max(len(each) for each in text.split("\n") if "://" not in each) <= WIDTH
    assert "look [1]." in text
    assert "[1] https://a.org/?a=1&copy=2" in text
    assert "* In the paper (Harbour Times)\n  They wrote of it.\n  https://" in text
    assert "Kalmi Char School and A friend" in text
    assert text.startswith("November 2024\n=============\n")


def test_markdown_is_what_a_person_would_write() -> None:
    written = markdown(DIGEST, BUTTONDOWN)
    assert "November 2024" not in written
    assert "Dear **friends**, [look](https://a.org/?a=1&amp;copy=2)." in written
    assert f"- [A tide table]({SITE}/impact/12/)  \n    The school measured for a year." in written
    assert f"![What lead shows]({SITE}/media/lead.jpg)" in written
    assert "Until *December*." in written
    assert markdown(DIGEST).startswith("# November 2024\n")


def test_an_exclamation_makes_no_picture_of_a_link() -> None:
    for before in ("Look!", "Look\\!"):
        html = f'<p>{before}<a href="https://a.org/">here</a></p>'
        read = COMMONMARK.render(markdown(replace(DIGEST, introduction=html, lead=None)))
        assert f'{before}<a href="https://a.org/">here</a>' in read
        assert "<img" not in read


def test_addresses_that_lead_nowhere_are_no_links() -> None:
    digest = Digest(
        "T", f"{SITE}/", "en", DIGEST.sender, lead=line("Bad", url="javascript:alert(1)")
    )
    digest = replace(digest, introduction='<p><a href="javascript:alert(1)">here</a></p>')
    for said in (mail_html(digest).html, plain_text(digest), markdown(digest)):
        assert "javascript" not in said
        assert "Bad" in said
        assert "here" in said


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        ("loose <b>words</b>", ["p"]),
        ("<p>one<p>two", ["p", "p"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>after", ["ul", "p"]),
        ("<blockquote>said</blockquote>", ["blockquote"]),
        ("<div><h2>Head</h2><p>text</p></div>", ["h", "p"]),
        ("<p> </p><p>&nbsp;</p><ul></ul><script>x</script>", []),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["p", "p"]),
        ("</p></b><i>open", ["p"]),
    ],
)
def test_passages_are_read_into_few_kinds(html: str, tags: list[str]) -> None:
    assert [node.tag for node in passages.read(html)] == tags
