"""Tables as CSV that no spreadsheet runs, and as Parquet with the right kinds of columns."""

from __future__ import annotations

import builtins
import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.documents.tabular import csv_text, parquet_bytes
from tabletop.errors import TabletopError
from tabletop.review.tables import Column, Table

COLUMNS = (
    Column("name", "text", "a text"),
    Column("count", "whole", "a number"),
    Column("share", "number", "a share"),
    Column("sure", "truth", "yes or no"),
)


def table(*rows: tuple[str | int | float | bool | None, ...]) -> Table:
    return Table("rows", COLUMNS, rows)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_csv_has_headings_and_leaves_empty_what_is_not_there() -> None:
    assert read(csv_text(table(("a, b", -3, 0.5, True), (None, None, None, None)))) == [
        ["name", "count", "share", "sure"],
        ["a, b", "-3", "0.5", "true"],
        ["", "", "", ""],
    ]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "'=1"])
def test_a_text_that_looks_like_a_formula_has_an_apostrophe_before_it(formula: str) -> None:
    [_, [name, *_]] = read(csv_text(table((formula, 1, 1.0, False))))
    assert name.startswith("'")


@given(st.text())
def test_no_text_becomes_a_formula_or_breaks_the_table(text: str) -> None:
    [_, row] = read(csv_text(table((text, 1, 1.0, False))))
    assert len(row) == 4
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_parquet_keeps_kinds_gaps_and_texts_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(parquet_bytes(table(("=1+1", 2, 0.25, True), (None, None, None, None))))
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    assert [str(kind) for kind in found.types] == ["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN"]
    assert found.fetchall() == [("=1+1", 2, 0.25, True), (None, None, None, None)]


def test_parquet_of_no_rows_has_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(parquet_bytes(table()))
    assert duckdb.sql(f"SELECT * FROM '{path}'").columns == ["name", "count", "share", "sure"]


def test_without_the_library_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name == "duckdb":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(TabletopError, match=r"pip install 'tabletop\[parquet\]'"):
        parquet_bytes(table())
