"""Sensitivity, reproduction and history: what stands up, what can be recomputed, what was said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from verdict_promises import change, city_with, promise, shuffled, steady

import trustboard
from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.verdict_states import CannotTell, Verdict, VerdictState
from trustboard.verdicts import assess, assess_all
from trustboard.verdicts.history import START, read, record, verify
from trustboard.verdicts.reproduce import reproduce
from trustboard.verdicts.rows_behind import as_csv, fingerprint, rows_behind
from trustboard.verdicts.sensitivity import sensitivity

FALLEN = [*steady(60, 48), *steady(30, 12)]
SAME = steady(60, 60)


def _city(counts: Sequence[int], *, data: str = "1", settles: int = 0) -> CityData:
    city = city_with(counts, settles=settles)
    return replace(city, data_hash=data, commitments=(promise(change()),))


# Sensitivity


def test_a_strong_change_stands_up_to_every_other_reading() -> None:
    promised = promise(change(baseline_months=12))
    found = sensitivity(promised, promised.tests[0], _city(FALLEN))
    assert found is not None
    assert found.base == Verdict(VerdictState.MOVING_AS_PROMISED)
    assert found.differing == ()
    assert found.sentence.startswith("The verdict stays the same in 5 of 5 other readings.")


def test_readings_that_differ_are_listed_with_their_choices() -> None:
    promised = promise(change())
    found = sensitivity(promised, promised.tests[0], _city([*steady(200, 48), *steady(180, 12)]))
    assert found is not None
    assert found.differing
    assert all(
        "months before; smallest change that matters" in one.choices for one in found.differing
    )
    assert {one.says for one in found.differing} != {"Moving as promised"}


def test_a_reading_without_an_answer_neither_agrees_nor_differs() -> None:
    promised = promise(change())  # 36 months before begin before the rows do
    found = sensitivity(promised, promised.tests[0], _city(FALLEN))
    assert found is not None
    assert all(isinstance(one.outcome, CannotTell) for one in found.unanswered)
    assert {one.choices.split(";")[0] for one in found.unanswered} == {"36 months before"}
    assert len(found.answered) + len(found.unanswered) == len(found.readings)


def test_choices_that_cannot_matter_are_not_tried() -> None:
    fixed = promise(change(target_change=-0.2, deadline=date(2023, 6, 30)))
    found = sensitivity(fixed, fixed.tests[0], _city(FALLEN, settles=3))
    assert found is not None
    assert all(";" not in one.choices for one in found.readings)  # only the baseline varies


def test_the_unsettled_months_are_a_choice_where_months_settle_later() -> None:
    promised = promise(change())
    found = sensitivity(promised, promised.tests[0], _city(FALLEN, settles=3))
    assert found is not None
    assert any("with the unsettled months" in one.choices for one in found.readings)


def test_without_a_verdict_there_is_nothing_to_vary() -> None:
    promised = promise(change(indicator="happiness"))
    assert sensitivity(promised, promised.tests[0], _city(FALLEN)) is None


# Reproduction


def _text(city: CityData) -> str:
    return reproduce(city.commitments[0], assess(city.commitments[0], city), city)


def test_the_same_data_give_the_same_bytes_whatever_the_order_of_rows() -> None:
    city = _city(FALLEN)
    assert _text(city) == _text(_city(FALLEN)) == _text(shuffled(city, "complaints", seed=3))


def test_the_text_holds_the_verdict_the_formula_the_hashes_and_the_versions() -> None:
    text = _text(_city(FALLEN, data="abc"))
    for part in (
        "outcome: MOVING_AS_PROMISED",
        "formula: (360 ÷ 12 months) ÷ (1,440 ÷ 24 months) = 0.5000",
        "data: sha256 abc",
        f"method: {METHOD_VERSION}",
        f"code: trustboard {trustboard.__version__}",
        "rows behind it: 1800, sha256 ",
    ):
        assert part in text


def test_the_rows_behind_a_verdict_are_those_in_its_windows() -> None:
    city = _city(FALLEN)
    (test,) = assess(city.commitments[0], city).tests
    rows = rows_behind(test, city)
    assert rows["window"].value_counts().to_dict() == {"before": 1440, "after": 360}
    assert rows["on"].min() == "2019-06-01"
    assert rows["on"].max() <= "2023-12-31"
    assert as_csv(rows).startswith(b"window,line,complaint_id,on,place,")


def test_a_row_whose_number_is_a_formula_is_handed_out_as_text() -> None:
    rows = pd.DataFrame({"complaint_id": ["=1+1", "A-7"], "value": ["-3.5", ""]}, dtype="str")
    assert as_csv(rows) == b"complaint_id,value\n'=1+1,-3.5\nA-7,\n"
    assert as_csv(pd.DataFrame({"window": pd.Series(dtype="str")})) == b"window\n"


def test_another_row_gives_another_fingerprint() -> None:
    one, other = (_city([*FALLEN[:-1], FALLEN[-1] + extra]) for extra in (0, 1))
    prints = {
        fingerprint(rows_behind(assess(c.commitments[0], c).tests[0], c)) for c in (one, other)
    }
    assert len(prints) == 2


# History


def _record(city: CityData, path: Path, *, old: CityData | None = None) -> tuple[str, ...]:
    added = record(assess_all(city), city, path, old_city=old)
    return tuple(entry.label for entry in added)


def test_the_first_verdict_is_logged_once(tmp_path: Path) -> None:
    log = tmp_path / "history.jsonl"
    assert _record(_city(SAME), log) == ("first",)
    assert _record(_city(SAME), log) == ()
    (entry,) = read(log)
    assert (entry.outcome, entry.previous) == ("NO_REAL_CHANGE", START)
    assert verify(log) == []


def test_new_time_that_passed_is_labeled_behaviour(tmp_path: Path) -> None:
    log = tmp_path / "history.jsonl"
    _record(_city(SAME), log)
    later = _city([*SAME, *steady(30, 12)], data="2")
    assert _record(later, log) == ("behaviour",)


def test_other_data_about_the_same_time_are_labeled_a_revision(tmp_path: Path) -> None:
    log = tmp_path / "history.jsonl"
    _record(_city(SAME), log)
    assert _record(_city(FALLEN, data="2"), log) == ("data revised",)


def test_another_definition_is_labeled_a_change_of_the_rule(tmp_path: Path) -> None:
    log = tmp_path / "history.jsonl"
    old = _city(FALLEN)
    _record(old, log)
    new = replace(old, commitments=(promise(change(margin=0.6)),))
    before, after = (assess_all(one)[0].tests[0].outcome for one in (old, new))
    assert before != after
    assert _record(new, log, old=old) == ("rule changed",)


def test_a_changed_line_is_detected_and_nothing_is_added(tmp_path: Path) -> None:
    log = tmp_path / "history.jsonl"
    _record(_city(SAME), log)
    log.write_text(log.read_text().replace("NO_REAL_CHANGE", "KEPT"))
    assert any("line 1 was changed" in problem for problem in verify(log))
    before = log.read_bytes()
    with pytest.raises(ValueError, match="was changed"):
        _record(_city(FALLEN, data="2"), log)
    assert log.read_bytes() == before


def test_a_removed_line_is_detected(tmp_path: Path) -> None:
    log = tmp_path / "history.jsonl"
    _record(_city(SAME), log)
    _record(_city(FALLEN, data="2"), log)
    lines = log.read_text().splitlines(keepends=True)
    head = json.loads(lines[-1])["hash"]
    log.write_text(lines[1])
    assert any("does not follow" in problem for problem in verify(log))
    log.write_text(lines[0])
    assert any("was cut off" in problem for problem in verify(log))
    log.with_suffix(".head").unlink()
    assert any("missing beside" in problem for problem in verify(log))
    assert any("was cut off" in problem for problem in verify(log, head=head))


def test_a_log_emptied_to_nothing_is_detected(tmp_path: Path) -> None:
    log = tmp_path / "history.jsonl"
    _record(_city(SAME), log)
    log.write_text("")
    assert any("was cut off" in problem for problem in verify(log))


def test_a_new_definition_beside_new_data_that_change_nothing_is_a_change_of_the_rule(
    tmp_path: Path,
) -> None:
    log = tmp_path / "history.jsonl"
    _record(_city(FALLEN), log)
    later = _city([*FALLEN, *FALLEN[-12:]], data="2")
    new = replace(later, commitments=(promise(change(margin=0.6)),))
    assert _record(new, log) == ("rule changed",)


def test_a_new_definition_that_would_not_have_mattered_leaves_the_reason_with_the_data(
    tmp_path: Path,
) -> None:
    log = tmp_path / "history.jsonl"
    _record(_city(SAME), log)
    new = replace(_city(FALLEN, data="2"), commitments=(promise(change(margin=0.11)),))
    assert _record(new, log, old=_city(SAME)) == ("data revised",)


def test_a_line_that_is_no_entry_is_detected(tmp_path: Path) -> None:
    log = tmp_path / "history.jsonl"
    log.write_text("not an entry\n")
    assert verify(log) == ["history.jsonl line 1 is not an entry of the log."]
