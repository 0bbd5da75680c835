"""The moves that the source articles name, with their figures, sides and progressions."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from voiceguide.library import at_level, load
from voiceguide.library.selection import select
from voiceguide.model.routine import Range

LIBRARY = load()
SEAT = "a bench, a chair or a low table"

# Name in the articles, then sets, reps, sides, equipment without any progression.
ARTICLE = [
    ("hip thrust", 3, 10, "none", ()),
    ("fire hydrant", 3, 10, "left-right", ()),
    ("Bulgarian split squat", 3, 10, "left-right", (SEAT,)),
    ("clam shells", 3, 10, "left-right", ()),
    ("donkey kick", 3, 10, "right-left", ()),
    ("Romanian deadlift", 3, 10, "none", ()),
    ("lateral lunge", 3, 10, "left-right", ()),
    ("side leg lift", 3, 10, "left-right", ()),
    ("crab walk", 3, Range(10, 20), "left-right", ("a loop band",)),
]

# Name, level, what the level is called, what it needs, a word that its set-up must hold.
PROGRESSIONS = [
    ("hip thrust", 2, "banded", ("a loop band",), "band"),
    ("hip thrust", 3, "single-leg", (), "ninety degrees"),
    ("Bulgarian split squat", 2, "weighted", (SEAT, "weights"), "weight"),
    ("clam shell", 2, "banded", ("a loop band",), "band"),
    ("donkey kick", 2, "banded", ("a long band",), "{side} foot"),
    ("Romanian deadlift", 2, "weighted", ("weights",), "weights"),
    ("Romanian deadlift", 3, "bar", ("a bar",), "bar"),
    ("lateral lunge", 2, "banded", ("a loop band",), "band"),
    ("lateral lunge", 3, "ankle-weights", ("ankle weights",), "ankle weights"),
    ("side leg lift", 2, "side-plank", (), "plank"),
    ("side leg lift", 3, "side-plank-banded", ("a loop band",), "band"),
]  # fmt: skip

# What else the articles name or need, and a phrase of its words.
OTHERS = [
    ("hip bridge", "squeeze"),
    ("split squat", "stride"),
    ("deadlift", "back straight"),
    ("hip hinge", "neutral spine"),
    ("glute standing", "Unlock your knees"),
    ("squat", "chair"),
    ("lunge", "Step forward"),
    ("reverse lunge", "step back"),
    ("plank", "forearms"),
]


@pytest.mark.parametrize(("name", "sets", "reps", "sides", "equipment"), ARTICLE)
def test_the_nine_moves_have_the_figures_of_the_article(
    name: str, sets: int, reps: int | Range, sides: str, equipment: tuple[str, ...]
) -> None:
    move = LIBRARY.find(name)
    assert move is not None
    assert (move.sets, move.reps, move.sides, move.equipment) == (sets, reps, sides, equipment)


@pytest.mark.parametrize(("name", "number", "called", "equipment", "word"), PROGRESSIONS)
def test_progressions_are_in_order_with_their_own_words_and_equipment(
    name: str, number: int, called: str, equipment: tuple[str, ...], word: str
) -> None:
    move = LIBRARY.find(name)
    assert move is not None
    harder = at_level(move, number)
    assert move.levels[number - 1].name == called
    assert harder.equipment == equipment
    assert word in harder.setup


@pytest.mark.parametrize(("name", "phrase"), OTHERS)
def test_the_other_moves_of_the_articles_are_there(name: str, phrase: str) -> None:
    move = LIBRARY.find(name)
    assert move is not None
    assert phrase in move.setup


def test_only_one_leg_works_in_a_single_leg_thrust() -> None:
    assert at_level(LIBRARY.moves["hip-thrust"], 3).sides == "left-right"


def test_the_long_band_needs_ten_seconds_to_change_feet() -> None:
    assert (at_level(LIBRARY.moves["donkey-kick"], 2).switch_ms or 0) >= 10_000


def test_crab_walks_are_told_in_steps() -> None:
    assert LIBRARY.moves["crab-walk"].unit == "steps"


def test_standing_practice_is_a_hold_with_three_points_of_form() -> None:
    move = LIBRARY.moves["glute-standing"]
    assert move.hold_ms
    assert move.reps is None
    for point in ("knees", "heels", "hips back"):
        assert point in move.setup


def test_a_deadlift_is_warned_of_at_every_level() -> None:
    safety = LIBRARY.moves["deadlift"].safety or ""
    assert "hip hinge" in safety
    assert "back straight" in safety


def found(areas: Collection[str] | None, *equipment: str) -> set[str]:
    return {move.id for move in select(LIBRARY.moves.values(), areas, equipment or None)}


def test_without_weights_and_bands_these_of_the_nine_remain() -> None:
    bare = {"hip-thrust", "fire-hydrant", "clam-shell", "donkey-kick", "romanian-deadlift",
            "lateral-lunge", "side-leg-lift"}  # fmt: skip
    nine = {move.id for name, *_ in ARTICLE for move in [LIBRARY.find(name)] if move}
    assert len(nine) == 9
    assert found(None, "none") & nine == bare
    assert found(None, "none", "bench", "chair", "table") & nine == {*bare, "bulgarian-split-squat"}


def test_all_nine_are_for_the_upper_glutes() -> None:
    nine = {move.id for name, *_ in ARTICLE for move in [LIBRARY.find(name)] if move}
    assert nine <= found({"upper glutes"})


def test_the_back_of_the_body_is_found_by_its_four_areas() -> None:
    """Hamstrings, glutes, lower back, calves."""
    chain = found({"hamstrings", "glutes", "lower back", "calves"})
    assert chain >= {"deadlift", "hip-thrust", "back-extension", "calf-raise", "heel-flicks"}
    assert not chain & {"push-up", "crunch", "box-breathing", "chest-stretch", "wall-angel"}
