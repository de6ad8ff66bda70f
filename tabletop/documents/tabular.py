"""Tables as files: CSV for spreadsheets and programs, Parquet for data frames and SQL."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.documents.extras import needs
from tabletop.documents.msel.guarding import guarded
from tabletop.review.tables import Cell, Kind, Table
from tabletop.session.text import clean

_SQL: dict[Kind, str] = {"text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE", "truth": "BOOLEAN"}


def csv_text(table: Table) -> str:
    """The table as CSV (RFC 4180): a row of headings, then the rows; what is not there is an empty field.

    A text that a spreadsheet might run as a formula has an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_field(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _field(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(round(cell, 6))
    return guarded(clean(cell)) if isinstance(cell, str) else str(cell)


def parquet_bytes(table: Table) -> bytes:
    """The table as a Parquet file. Raises TabletopError where the library that writes it is not installed."""
    needs("duckdb", "parquet", "Parquet needs duckdb")
    import duckdb

    columns = ", ".join(f'"{column.name}" {_SQL[column.kind]}' for column in table.columns)
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE rows ({columns})")
        if table.rows:
            places = ", ".join("?" for _ in table.columns)
            connection.executemany(f"INSERT INTO rows VALUES ({places})", [_values(row) for row in table.rows])
        path = Path(folder) / "table.parquet"
        connection.table("rows").write_parquet(str(path), compression="zstd")
        return path.read_bytes()


def _values(row: tuple[Cell, ...]) -> list[Cell]:
    """A row's values; texts are data here, and nothing is set before them."""
    return [clean(cell) if isinstance(cell, str) else cell for cell in row]
