"""Finding shortcodes and reading their parameters."""

import time

import pytest

from impact.portability.shortcodes import find, resolve_refs


def test_parameters_are_named_positional_quoted_and_bare() -> None:
    found = find('{{< figure src="a b.png" width=500 alt=`x "y"` title="say \\"hi\\"" last >}}')
    assert found is not None
    code = found.shortcode
    assert code.named == {"src": "a b.png", "width": "500", "alt": 'x "y"', "title": 'say "hi"'}
    assert code.positional == ("last",)
    assert code.inner is None


@pytest.mark.parametrize("text", ["{{< a >}}in{{< /a >}}", "{{% a %}}in{{% /a %}}"])
def test_both_bracket_forms_may_be_paired(text: str) -> None:
    found = find(text)
    assert found is not None
    assert (found.shortcode.inner, found.end) == ("in", len(text))


def test_a_shortcode_may_go_over_several_lines() -> None:
    found = find('{{< figure\n  src="a.png"\n  caption="b > c"\n>}}')
    assert found is not None
    assert found.shortcode.named == {"src": "a.png", "caption": "b > c"}


def test_the_same_name_may_be_nested() -> None:
    found = find("{{< a >}}1{{< a >}}2{{< /a >}}3{{< /a >}}4")
    assert found is not None
    assert found.shortcode.inner == "1{{< a >}}2{{< /a >}}3"


def test_self_closing_and_unpaired_ones_have_no_inner_text() -> None:
    for text in ("{{< a />}} {{< /a >}}", "{{< a >}} and on"):
        found = find(text)
        assert found is not None
        assert found.shortcode.inner is None


def test_closing_tags_and_escaped_ones_are_none() -> None:
    assert find("{{< /a >}}") is None
    assert find("{{</* a */>}}") is None


def test_references_become_addresses() -> None:
    assert resolve_refs('[x]({{< relref "blog/a" >}})') == "[x](blog/a)"


def test_a_tag_that_never_ends_is_given_up_quickly() -> None:
    start = time.monotonic()
    assert find("{{< a" + ' b="c"' * 20_000 + " " * 20_000) is None
    assert time.monotonic() - start < 2
