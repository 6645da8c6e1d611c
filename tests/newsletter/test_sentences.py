"""A summary becomes one sentence, whatever the language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.newsletter.sentences import LONGEST, sentence_of, shortened

REST = " And nothing more of it."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Forty gauges went up. Nobody had to ask twice.", "Forty gauges went up."),
        ("No full stop at all", "No full stop at all"),
        ("  Many\n spaces   inside.  Then more.", "Many spaces inside."),
        ("“We can see it now!” she said. Then more.", "“We can see it now!” she said."),
        ("They called it “the river log.” Then more.", "They called it “the river log.”"),
        ("Does it hold up in rain? It does.", "Does it hold up in rain?"),
        # What is too short to say anything takes the next one with it.
        ("Good news! The lab is open. Come.", "Good news! The lab is open."),
        # Abbreviations, initials, titles, numbers.
        (
            "Led by Dr. Mota and Prof. Sá, it opened. More.",
            "Led by Dr. Mota and Prof. Sá, it opened.",
        ),
        ("Tools (e.g. GeoPandas) run on the hub. More.", "Tools (e.g. GeoPandas) run on the hub."),
        ("In the U.S. Virgin Islands it rained. More.", "In the U.S. Virgin Islands it rained."),
        ("J. K. Ochieng wrote the first log. More.", "J. K. Ochieng wrote the first log."),
        ("It costs 1.5 million a year. More.", "It costs 1.5 million a year."),
        ("See No. 4 of the series for it. More.", "See No. 4 of the series for it."),
        ("Is it working at all? They said no. Then it did.", "Is it working at all?"),
        ("We asked, and the board said no. Then it did.", "We asked, and the board said no."),
        ("Version 2.0 of example.org is out now. More.", "Version 2.0 of example.org is out now."),
        # Other languages.
        ("Am 3. Oktober öffnete das Haus. Mehr.", "Am 3. Oktober öffnete das Haus."),
        ("Das Netz, z. B. in Lagos, wächst. Mehr.", "Das Netz, z. B. in Lagos, wächst."),
        ("La Sra. Gómez abrió la sala. ¿Y después?", "La Sra. Gómez abrió la sala."),
        ("¿Quién mide el agua del río? Los vecinos.", "¿Quién mide el agua del río?"),
        (
            "河川の水位を毎朝四十世帯が読んでいます。次の文。",
            "河川の水位を毎朝四十世帯が読んでいます。",
        ),
        (
            "四十户家庭每天早上读取河流的水位数据！第二句。",
            "四十户家庭每天早上读取河流的水位数据！",
        ),
        ("गाँव के लोग हर सुबह पानी नापते हैं। फिर और।", "गाँव के लोग हर सुबह पानी नापते हैं।"),
        ("هل يقيس السكان مستوى النهر كل صباح؟ نعم.", "هل يقيس السكان مستوى النهر كل صباح؟"),
        ("", ""),
    ],
)
def test_the_first_sentence_is_taken(text: str, sentence: str) -> None:
    assert sentence_of(text) == sentence


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "The tide table on the door of the boathouse, which nobody had read."
    assert shortened(text, 46) == "The tide table on the door of the boathouse…"
    assert shortened(text, 45) == "The tide table on the door of the boathouse…"
    assert shortened(text, 43) == "The tide table on the door of the…"
    assert shortened(text, len(text)) == text


def test_no_character_is_cut_in_two() -> None:
    family = "👩‍👩‍👧"
    assert shortened("x" * 10 + family + "y" * 10, 13) == "x" * 10 + "…"
    accented = "e\u0301" * 10
    assert shortened(accented, 6) == "e\u0301" * 2 + "…"
    assert shortened("👍🏽" * 5, 6) == "👍🏽" * 2 + "…"


@given(st.text(max_size=600), st.integers(min_value=8, max_value=LONGEST))
def test_whatever_the_text_is(text: str, longest: int) -> None:
    found = sentence_of(text, longest)
    assert len(found) <= longest
    flat = " ".join(text.split())
    assert flat.startswith(found.removesuffix("…"))
    # No word is cut: what follows is a space, a mark, or there was no space to cut at.
    if found.endswith("…") and not flat.startswith(found):
        kept = found.removesuffix("…")
        assert " " not in flat[: longest - 1] or not flat[len(kept) :][:1].isalnum()
