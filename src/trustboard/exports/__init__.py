"""Numbers, rows and cities to take away: the same tidy tables as on the pages, and their words."""

from trustboard.exports.addressing import pairs_text, query_pairs, query_text, view_path
from trustboard.exports.behind import rows_of
from trustboard.exports.citing import Citation, citation, verdict_citation
from trustboard.exports.csv_file import columns, csv_of_rows, csv_of_table, tidy_rows
from trustboard.exports.describing import about, data_to, filters_sentence
from trustboard.exports.excel_file import excel_of_rows, excel_of_table
from trustboard.exports.naming import file_name
from trustboard.exports.narrowing import (
    counting_rows,
    questions_behind,
    stands_for_rows,
    why_no_rows,
)
from trustboard.exports.package import data_package
from trustboard.exports.promises import commitments_of, verdicts_of
from trustboard.exports.reproducing import reproduce_line
from trustboard.exports.standing import STANDING, with_standing
from trustboard.harmless_cells import safe_cell

__all__ = [
    "STANDING",
    "Citation",
    "about",
    "citation",
    "columns",
    "commitments_of",
    "counting_rows",
    "csv_of_rows",
    "csv_of_table",
    "data_package",
    "data_to",
    "excel_of_rows",
    "excel_of_table",
    "file_name",
    "filters_sentence",
    "pairs_text",
    "query_pairs",
    "query_text",
    "questions_behind",
    "reproduce_line",
    "rows_of",
    "safe_cell",
    "stands_for_rows",
    "tidy_rows",
    "verdict_citation",
    "verdicts_of",
    "view_path",
    "why_no_rows",
    "with_standing",
]
