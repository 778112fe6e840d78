"""Run the simulation and count what the rule said."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise, product
from typing import Final

from trustboard import METHOD_VERSION
from trustboard.simulation.looks import CANNOT_TELL, DEADLINE, LOOKS, Story, follow
from trustboard.simulation.results import (
    Flips,
    Frequency,
    OperatingCharacteristics,
    Reading,
    When,
    mean_with_range,
    share_with_range,
)
from trustboard.simulation.scenarios import Scenario, invent, scenarios
from trustboard.verdict_states import VerdictState

#: The seed and the number of series behind the published numbers.
SEED: Final = 24036
SERIES: Final = 1000

_AT_A_LOOK: Final = (
    VerdictState.MOVING_AS_PROMISED.value,
    VerdictState.MOVING_AGAINST.value,
    VerdictState.NO_REAL_CHANGE.value,
)
_AT_DEADLINE: Final = (
    VerdictState.KEPT.value,
    VerdictState.NOT_KEPT.value,
    VerdictState.TOO_CLOSE_TO_CALL.value,
)
_CHUNK: Final = 25


def simulate(
    *,
    series: int = SERIES,
    seed: int = SEED,
    worlds: Sequence[Scenario] | None = None,
    processes: int | None = None,
) -> OperatingCharacteristics:
    """How often does the rule say what, when the truth is known?

    `series` series are invented in each of the `worlds` (all published ones by default) and judged
    look by look. The same seed gives the same answer with any number of `processes` (by default
    one per processor); the first 60 series of a run of 1,000 are those of a run of 60. ValueError
    for fewer than two series.
    """
    if series < 2:
        raise ValueError(f"{series} series were asked for; a share needs at least 2")
    asked = scenarios() if worlds is None else tuple(worlds)
    jobs = [(world, number) for world in asked for number in range(series)]
    workers = processes or os.cpu_count() or 1
    told = _judge_all(jobs, seed=seed, workers=workers)
    stories = {
        world: told[start * series : (start + 1) * series] for start, world in enumerate(asked)
    }
    return OperatingCharacteristics(
        method_version=METHOD_VERSION,
        seed=seed,
        series=series,
        frequencies=tuple(f for world, told in stories.items() for f in _frequencies(world, told)),
        flips=tuple(
            _flips(world, told, reading)
            for world, told in stories.items()
            if world.nine_looks
            for reading in _LOOK_READINGS
        ),
    )


_LOOK_READINGS: Final[tuple[Reading, ...]] = ("alone", "shown")


def _judge_all(jobs: Sequence[tuple[Scenario, int]], *, seed: int, workers: int) -> list[Story]:
    judge = partial(_judge, seed=seed)
    if workers == 1:
        return [judge(job) for job in jobs]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(judge, jobs, chunksize=_CHUNK))


def _judge(job: tuple[Scenario, int], *, seed: int) -> Story:
    world, number = job
    return follow(invent(world, seed=seed, number=number), nine_looks=world.nine_looks)


def _frequencies(world: Scenario, stories: Sequence[Story]) -> Iterator[Frequency]:
    """Count every state at every look, ever by every look, and at the deadline."""
    if world.nine_looks:
        for reading, said in product(_LOOK_READINGS, _AT_A_LOOK):
            paths = [_path(story, reading) for story in stories]
            for place, month in enumerate(LOOKS):
                at = sum(path[place] == said for path in paths)
                yield _frequency(world, stories, reading, said, "at", month, at)
            for place, month in enumerate(LOOKS):
                by = sum(said in path[: place + 1] for path in paths)
                yield _frequency(world, stories, reading, said, "by", month, by)
    for said in _AT_DEADLINE:
        count = sum(story.at_deadline == said for story in stories)
        yield _frequency(world, stories, "deadline", said, "at", DEADLINE, count)


def _frequency(
    world: Scenario,
    stories: Sequence[Story],
    reading: Reading,
    said: str,
    when: When,
    month: int,
    count: int,
) -> Frequency:
    return Frequency(
        months=world.months,
        per_month=world.per_month,
        true_change=world.true_change,
        reading=reading,
        said=said,
        when=when,
        month=month,
        count=count,
        series=len(stories),
        **share_with_range(count, len(stories)),
    )


def _flips(world: Scenario, stories: Sequence[Story], reading: Reading) -> Flips:
    counts = [
        sum(one != next_ and CANNOT_TELL not in (one, next_) for one, next_ in pairwise(path))
        for path in (_path(story, reading) for story in stories)
    ]
    return Flips(
        months=world.months,
        per_month=world.per_month,
        true_change=world.true_change,
        reading=reading,
        series=len(stories),
        **mean_with_range(counts),
    )


def _path(story: Story, reading: Reading) -> tuple[str, ...]:
    return story.shown if reading == "shown" else story.raw
