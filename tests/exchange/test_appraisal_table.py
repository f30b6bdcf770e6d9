"""Hidden ids of rows: read back whole, and noticed when anything in them or beside them changes."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.exchange.appraisal_reading import Entered, TakenTable, without_repeats
from vanban.exchange.appraisal_table import RowKey, TableKey, read_id, read_mark
from vanban.exchange.sent_workbook import FormCell

NAMES = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True)
KEYS = st.builds(
    RowKey,
    ward=NAMES,
    title=st.text(max_size=40),
    round=st.integers(1, 99),
    code=st.from_regex(r"[1-9]\.[1-9]\.[1-9]", fullmatch=True),
    own=st.decimals(0, 100, places=2),
    left_out=st.just(False),
    is_sample=st.booleans(),
)


@settings(max_examples=30)
@given(KEYS)
def test_an_id_is_read_back(key: RowKey) -> None:
    assert read_id(key.id, key.title) == key


@settings(max_examples=30)
@given(KEYS, st.data())
def test_a_change_is_noticed(key: RowKey, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(key.id) - 1))
    other = data.draw(st.characters(categories=["L", "N", "P"]).filter(lambda c: c != key.id[at]))
    assert read_id(f"{key.id[:at]}{other}{key.id[at + 1 :]}", key.title) is None
    assert read_id(key.id, f"{key.title}.") is None


@settings(max_examples=30)
@given(st.text(max_size=60), st.text(max_size=20))
def test_other_texts_are_no_ids(text: str, title: str) -> None:
    assert read_id(text, title) is None
    assert read_mark(text) is None


def test_two_tables_that_ask_for_different_things_contradict() -> None:
    key = RowKey("a", "UBND phường A", 1, "1.1.1", Decimal(2))

    def table(asked: str) -> TakenTable:
        cell = FormCell(0, "b.xlsx!Thẩm định!N6")
        return TakenTable("b.xlsx", [Entered(key, Decimal(0), "Thiếu", asked, cell)])

    entries, problems = without_repeats([table("Kế hoạch"), table("Kế hoạch")])
    assert (len(entries), problems) == (1, [])
    _, problems = without_repeats([table("Kế hoạch"), table("Báo cáo")])
    assert ["đã nhập khác ở" in each.message for each in problems] == [True]


def test_points_that_a_ward_has_not() -> None:
    for left_out in (True, False):
        key = RowKey("a", "UBND phường A", 2, "1.1.1", None, left_out)
        assert read_id(key.id, key.title) == key
    table = TableKey("Sở Nội vụ", 2025, "0123456789ab")
    assert read_mark(table.mark) == table
