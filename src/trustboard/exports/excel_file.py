"""Tables as an Excel workbook: the numbers on one sheet, what they rest on on another."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from trustboard.citydata import CityData
from trustboard.exports.csv_file import columns, tidy_rows
from trustboard.exports.describing import About
from trustboard.harmless_cells import safe_cell
from trustboard.tidy import Measured

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_WIDTHS: Final = {"about": (22, 110), "table": (16,) * 40}
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_NO_DAY: Final = date(1980, 1, 1)
_CHANGED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def excel_of_table(
    measured: Measured, *, told: About, city: CityData, part: slice = slice(None)
) -> bytes:
    """Write a measured table as a workbook: the sheet `table`, and `about` with what is `told`.

    Numbers are numbers; a limit that is not reached is the text `inf`. No cell is a formula. The
    same table gives the same bytes.
    """
    rows = (row.values() for row in tidy_rows(measured, part=part))
    return workbook(columns(measured), rows, told=told, city=city)


def excel_of_rows(rows: pd.DataFrame, *, told: About, city: CityData | None = None) -> bytes:
    """Write the rows behind a number as a workbook, as `excel_of_table` does.

    Without a city, as numbers of the method itself are, it bears no day of its own.
    """
    names = [str(name) for name in rows.columns]
    return workbook(names, rows.itertuples(index=False, name=None), told=told, city=city)


def workbook(
    head: Sequence[str], rows: Iterable[Iterable[Any]], *, told: About, city: CityData | None
) -> bytes:
    """Write one table and its description as a workbook."""
    from openpyxl import Workbook

    book, day = Workbook(write_only=True), _NO_DAY if city is None else city.as_of
    _fill(book.create_sheet("table"), [list(head)], rows)
    _fill(book.create_sheet("about"), [], told)
    book.properties.creator = "TrustBoard"
    book.properties.title = dict(told).get("Title", "")
    book.properties.created = datetime.combine(day, time())
    written = io.BytesIO()
    book.save(written)
    return _same_every_time(written.getvalue(), day=day.isoformat())


def _fill(sheet: WriteOnlyWorksheet, head: list[list[str]], rows: Iterable[Iterable[Any]]) -> None:
    from openpyxl.cell import WriteOnlyCell

    for number, width in enumerate(_WIDTHS[sheet.title], start=1):
        sheet.column_dimensions[_letter(number)].width = width
    if head:
        sheet.freeze_panes = "A2"
    for row in [*head, *rows]:
        cells = []
        for value in row:
            value = safe_cell(value)
            if isinstance(value, float) and value in (float("inf"), float("-inf")):
                value = str(value)
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
            cells.append(cell)
        sheet.append(cells)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _same_every_time(book: bytes, *, day: str) -> bytes:
    """Take the moment of writing out of a workbook, so that equal tables give equal files."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _CHANGED.sub(rb"\g<1>" + day.encode() + rb"T00:00:00Z\g<2>", content)
            new.writestr(zipfile.ZipInfo(name, date_time=_MOMENT), content)
    return written.getvalue()
