"""Moves by what they are for, and by what is at hand."""

from __future__ import annotations

import pytest

from voiceguide.library import load
from voiceguide.library.selection import select, things, unknown

MOVES = load().moves
ALL = tuple(MOVES.values())


def ids(*equipment: str) -> set[str]:
    return {move.id for move in select(ALL, equipment=equipment)}


def test_nothing_asked_for_lets_everything_pass_in_order() -> None:
    assert select(ALL) == ALL


def test_one_of_several_areas_is_enough() -> None:
    assert set(select(ALL, {"core", "breath"})) == {
        *select(ALL, {"core"}),
        *select(ALL, {"breath"}),
    }


def test_with_nothing_at_hand_only_what_needs_nothing_passes() -> None:
    assert ids("none") == {move.id for move in ALL if not move.equipment}


def test_a_band_alone_brings_what_uses_it_at_some_level() -> None:
    bands = ids("band")
    assert bands >= {"crab-walk", "monster-walk", "band-row", "hip-thrust", "donkey-kick"}
    assert not bands & {"plank", "goblet-squat", "seated-hip-abduction"}
    assert bands == ids("loop band", "long band")


def test_all_that_a_move_needs_must_be_at_hand() -> None:
    assert "seated-hip-abduction" in ids("loop band", "chair")
    assert "seated-hip-abduction" not in ids("loop band")


def test_of_a_choice_one_thing_is_enough() -> None:
    assert ids("bench") >= {"incline-push-up", "bulgarian-split-squat"}
    assert "deadlift" in ids("bar") & ids("weights")


@pytest.mark.parametrize("name", ["dumbbell", "Dumbbells", "kettlebell", "kettlebells"])
def test_weights_have_other_names(name: str) -> None:
    assert ids(name) == ids("weight")
    assert unknown([name], ALL) is None


def test_ankle_weights_are_not_weights() -> None:
    assert "lateral-lunge" in ids("ankle weights")
    assert "lateral-lunge" not in ids("weights")


def test_both_filters_hold_at_once() -> None:
    for move in select(ALL, {"upper body"}, {"none", "band"}):
        assert "upper body" in move.areas
        assert all("band" in item for item in move.equipment)


@pytest.mark.parametrize("name", ["none", "Band", "a loop band", "chairs", "weights", *things(ALL)])
def test_a_thing_is_known_by_its_name_with_article_or_plural(name: str) -> None:
    assert unknown([name], ALL) is None


def test_the_first_unknown_thing_is_told() -> None:
    assert unknown(["band", "kite", "boat"], ALL) == "kite"
