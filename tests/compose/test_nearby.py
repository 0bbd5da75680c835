"""Wishes that cannot be met, those beside them that can, and sessions like another."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from compose.judge import faults as judge
from compose.judge import moves
from compose.test_sessions import composed, planned
from voiceguide import compose, data, library
from voiceguide.compose import Impossible, Wishes
from voiceguide.model.timeline import Timeline
from voiceguide.pipeline.composing import Composer

COMPOSER = Composer()
LIBRARY = library.load()
IMPOSSIBLE = [
    Wishes(minutes=1, areas=("calves",)),
    Wishes(minutes=60, areas=("upper body",), position="standing"),
    Wishes(minutes=10, areas=("run drill",), position="floor"),
    Wishes(minutes=10, areas=("calves", "breath"), equipment=("bar",)),
]


@pytest.mark.parametrize("wished", IMPOSSIBLE, ids=str)
def test_what_is_told_to_be_possible_is_possible(wished: Wishes) -> None:
    with pytest.raises(Impossible):
        COMPOSER.compose(wished)
    near = COMPOSER.nearby(wished)
    assert near.changes or near.shortest
    for minutes in filter(None, (near.shortest, near.longest)):
        COMPOSER.compose(replace(wished, minutes=minutes))
    for change in near.changes:
        COMPOSER.compose(changed(wished, change.option, change.minutes))


def test_a_few_minutes_more_than_are_found_at_once_are_possible() -> None:
    for wished in (
        Wishes(minutes=10, areas=("upper body",), position="standing-first", seed=7),
        Wishes(minutes=9, areas=("hips",), position="standing", seed=1),
    ):
        assert COMPOSER.compose(wished).length_ms == wished.length_ms
        assert judge(planned(composed(wished)), wished) == []


def test_the_longest_that_is_told_is_told_to_the_minute() -> None:
    wished = Wishes(minutes=240, areas=("mobility",))
    longest = COMPOSER.nearby(wished).longest
    assert longest is not None
    with pytest.raises(Impossible):
        COMPOSER.compose(replace(wished, minutes=longest + 1), quickly=True)


def changed(wished: Wishes, option: str, minutes: int) -> Wishes:
    """The wishes as they are when a call is changed as it says."""
    wished = replace(wished, minutes=minutes)
    if option == "without --position":
        return replace(wished, position="any")
    if option == "without --area":
        return replace(wished, areas=())
    if found := re.fullmatch(r"with --level (\d)", option):
        return replace(wished, level=int(found[1]))
    things = option.removeprefix("with --equipment ").replace("-", " ").split(",")
    return replace(wished, equipment=tuple(things))


def test_an_area_without_an_exercise_is_named() -> None:
    near = COMPOSER.nearby(Wishes(minutes=10, areas=("core", "run drill"), position="floor"))
    assert near.empty_areas == ("run drill",)


def wishes_like(script: Timeline, name: str) -> Wishes | None:
    done = [
        (segment.exercise, segment.level or 1)
        for segment in script.segments
        if segment.kind == "work" and segment.exercise
    ]
    return compose.like(done, script.duration_ms, LIBRARY, name)


def test_a_session_like_another_is_for_the_same_in_other_moves() -> None:
    shipped = (data.shipped("scripts") / "upper-glutes-10.yaml").read_text("utf-8")
    before = planned(shipped)
    wished = wishes_like(before, "upper-glutes-10")
    assert wished is not None
    assert (wished.minutes, wished.areas, wished.level) == (10, ("upper glutes",), 1)
    assert (wished.equipment, wished.position) == (("none",), "floor")
    after = planned(composed(replace(wished, seed=1)))
    old = {move.id for move, _ in moves(before)}
    new = {move.id for move, _ in moves(after, of_work=True)}
    assert len(new - old) > len(new & old)


def test_a_composed_session_is_like_its_own_wishes() -> None:
    for seed in range(5):
        wished = Wishes(
            minutes=20, areas=("glutes", "core"), equipment=("none", "band"), level=2,
            position="standing-first", seed=seed,
        )  # fmt: skip
        again = wishes_like(planned(composed(wished)), "it")
        assert again is not None
        assert (again.minutes, again.position) == (20, "standing-first")


def test_a_session_of_plain_text_alone_is_like_nothing() -> None:
    assert compose.like([], 60_000, LIBRARY, "it") is None
