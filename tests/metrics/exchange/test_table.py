"""Files of readings as spreadsheets write them."""

import pytest

from impact.metrics.exchange import table as module
from impact.metrics.exchange.columns import guarded, unguarded
from impact.metrics.exchange.table import TableError, read_table

ROW = {"metric": "members", "date": "2024-12-31", "value": "40"}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_encoding_and_line_end_of_spreadsheets_is_read(
    sign: str, encoding: str, end: str
) -> None:
    text = end.join([sign.join(ROW), sign.join(ROW.values()), ""])
    (line,) = read_table(text.encode(encoding)).lines
    assert (line.number, line.cells) == (2, ROW)


def test_headings_may_be_written_in_other_ways_and_orders() -> None:
    found = read_table(b"Value,Period end,METRIC, From ,source url\n1,2024-12-31,m,,\n")
    assert found.columns == {"value", "date", "metric", "period_start", "source"}


def test_a_line_that_names_the_separator_and_empty_rows_are_passed_over() -> None:
    found = read_table(b'sep=;\r\n"metric";"date";"value"\r\n;;\r\n\r\nm;2024-12-31;"1,5"\r\n')
    assert [(line.number, line.cells["value"]) for line in found.lines] == [(5, "1,5")]


def test_columns_without_heading_and_content_are_passed_over_but_not_their_content() -> None:
    found = read_table(
        b"metric,date,value,,\nm,2024-12-31,1,,\nm,2024-12-30,1,,lost\nm,2024-12-29\n"
    )
    assert [(problem.line, problem.column) for problem in found.problems] == [(3, "")]
    assert found.lines[2].cells["value"] == ""


def test_rows_are_numbered_by_their_first_line_in_the_file() -> None:
    found = read_table(b'metric,date,value,note\nm,2024-12-31,1,"two\nlines"\nm,2023-12-31,1,x\n')
    assert [line.number for line in found.lines] == [2, 4]
    assert found.lines[0].cells["note"] == "two\nlines"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"metric,date,value,note\nm,2024-12-31,1,caf\xe9\n", r"Line 2 is not written in UTF-8"),
        (b"PK\x03\x04 and so on", r"This is a workbook"),
        (b"metric,date,value\nm\0,1,1\n", r"This is no text file"),
        (b"metric,value\n", r"missing: date\. Known columns: metric, period_start"),
        (b"", r"missing: metric, date, value"),
        (b"metric,date,value,colour\n", r"not known: colour"),
        (b"metric,date,end,value\n", r"twice: date"),
        (b'metric,date,value\nm,2024-12-31,"1\n', r"From line 2 on the quotes don't pair"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read_table(data)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ROWS", 2)
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    head = b"metric,date,value\n"
    assert len(read_table(head + b"m,2024-12-31,1\n" * 2).lines) == 2
    with pytest.raises(TableError, match="more than 2 rows"):
        read_table(head + b"m,2024-12-31,1\n" * 3)
    with pytest.raises(TableError, match="larger than"):
        read_table(head + b"m,2024-12-31,1\n" * 9)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "＝1", "'=1", "''=1"])
def test_no_text_is_taken_for_a_formula_and_none_is_lost(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["plain", "1-2", "it's", "'tis", ""])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == unguarded(text) == text
