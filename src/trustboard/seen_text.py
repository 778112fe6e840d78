"""The text of a published file as a reader sees it: signs that nobody sees go, and are listed."""

from __future__ import annotations

import pandas as pd

from trustboard.errors import DataProblem, UnreadableFileError
from trustboard.problem_kinds import problem
from trustboard.unseen import UNSEEN, spelled


def seen_text(text: str, *, name: str, problems: list[DataProblem]) -> str:
    """Take such signs out of the file `name`; a problem names them and the first line."""
    first = UNSEEN.search(text)
    if first is None:
        return text
    signs = UNSEEN.findall(text)
    problems.append(_listed(signs, name=name, line=text.count("\n", 0, first.start()) + 1))
    return UNSEEN.sub("", text)


def seen_cells(frame: pd.DataFrame, *, name: str, problems: list[DataProblem]) -> pd.DataFrame:
    """Take such signs out of a table of text that never was one text, its heads (line 1) too.

    Raises `UnreadableFileError` where two heads differ by nothing that can be seen.
    """
    signs = UNSEEN.findall("".join(frame.columns))
    lines = [1] if signs else []
    for column in frame.columns:
        hidden = frame[column].str.contains(UNSEEN)
        signs += UNSEEN.findall("".join(frame.loc[hidden, column]))
        lines += (hidden[hidden].index[:1] + 2).tolist()
    if not signs:
        return frame
    problems.append(_listed(signs, name=name, line=min(lines)))
    heads = [UNSEEN.sub("", column) for column in frame.columns]
    if len(set(heads)) < len(heads):
        raise UnreadableFileError(
            "two columns whose names look the same",
            expected="a name of its own for each column",
            fix="Rename one of the columns in a copy, or ask the publisher.",
        )
    return frame.replace(UNSEEN, "", regex=True).set_axis(heads, axis=1)


def _listed(signs: list[str], *, name: str, line: int) -> DataProblem:
    found = f"{len(signs):,} signs that cannot be seen ({spelled(signs)}), here and below"
    if len(signs) == 1:
        found = f"a sign that cannot be seen ({spelled(signs)})"
    return problem("unseen_sign", file=name, line=line, found=found, rows=0)
