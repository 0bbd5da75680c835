"""Look-up by name, nearest names, and a move at each of its levels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voiceguide.library import Library, at_level, collect, level_of, load, starter
from voiceguide.model.exercise import Level, Move

BRIDGE = Move(
    id="bridge",
    name="Bridge",
    aliases=("hip lift",),
    equipment=("a mat",),
    setup="Lie down.",
    setup_short="Down.",
    cues=("Slowly",),
    switch_ms=5000,
    levels=(
        Level(name="basic"),
        Level(
            name="single-leg",
            spoken="Single-leg bridge",
            setup="Lie on your back.",
            cues=("Level",),
            equipment=(),
            sides="left-right",
        ),
        Level(name="banded", safety="Start light.", equipment=("a band",), switch_ms=0),
    ),
)


@pytest.fixture
def library() -> Library:
    return load()


@pytest.mark.parametrize(
    ("name", "move_id"),
    [
        ("hip-thrust", "hip-thrust"),
        ("Hip Thrusts", "hip-thrust"),
        ("glute bridge", "hip-thrust"),
        ("hip-bridges", "hip-thrust"),
        ("RDL", "romanian-deadlift"),
        ("rdls", "romanian-deadlift"),
        ("dead lift", "deadlift"),
        ("clamshell", "clam-shell"),
        ("Clam Shells", "clam-shell"),
        ("lateral leg raise", "side-leg-lift"),
        ("Marching on the spot", "marching-on-the-spot"),
        ("butt kicks", "heel-flicks"),
        ("leg swings front-back", "front-leg-swing"),
        ("A skip", "a-skip"),
        ("child\u2019s pose", "childs-pose"),
        ("childs pose", "childs-pose"),
        ("calf_raises", "calf-raise"),
        ("  plank  ", "plank"),
        ("press-ups", "push-up"),
        ("Farmer\u2019s Walk", "farmers-carry"),
        ("90/90", "ninety-ninety"),
        ("karaoke", "carioca"),
        ("B skips", "b-skip"),
        ("single-leg RDL", "single-leg-deadlift"),
        ("tricep dips", "chair-dip"),
        ("belly breathing", "diaphragm-breathing"),
        ("sit-to-stand", "chair-stand"),
        ("lateral walk", "crab-walk"),
        ("monster walk", "monster-walk"),
        ("windshield wipers", "knee-sway"),
    ],
)
def test_a_move_is_found_by_id_name_and_alias_in_any_usual_spelling(
    library: Library, name: str, move_id: str
) -> None:
    found = library.find(name)
    assert found is not None
    assert found.id == move_id


@pytest.mark.parametrize(
    "name", ["", "   ", "?", "plan", "underwater basket", "s", "row", "bicycle", "butterfly", "hop"]
)
def test_what_is_not_a_name_is_not_found(library: Library, name: str) -> None:
    assert library.find(name) is None


def test_split_squat_and_bulgarian_split_squat_are_two_moves(library: Library) -> None:
    plain, bulgarian = library.find("split squats"), library.find("Bulgarian split squats")
    assert plain is not None
    assert bulgarian is not None
    assert plain.id != bulgarian.id


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("glute brige", "glute bridge"),
        ("plunk", "Plank"),
        ("marching on teh spot", "Marching on the spot"),
    ],
)
def test_a_slip_gets_the_name_that_was_meant_first(library: Library, slip: str, meant: str) -> None:
    assert library.nearest(slip)[0] == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("goblet squats with a pause", ("Goblet squat",)),
        ("Easy jog to the park", ("Easy jog",)),
        ("sqaut", ("Squat",)),
        ("marchng on the spot", ("Marching on the spot",)),
        ("clamshel", ("Clam shell",)),
        ("row a boat", ()),
        ("box jump", ()),
        ("half squat", ()),
        ("straight leg raise", ()),
        ("breathe in", ()),
        ("leg press", ()),
    ],
)
def test_a_name_is_meant_where_it_is_held_whole_or_has_a_slip(
    library: Library, name: str, meant: tuple[str, ...]
) -> None:
    assert library.meant(name) == meant


def test_nearest_names_are_at_most_three_each_of_another_move(library: Library) -> None:
    near = library.nearest("lunges with rotatoin")
    moves = [library.find(name) for name in near]
    assert 1 <= len(near) <= 3
    assert len({move.id for move in moves if move}) == len(near)


def test_a_name_like_no_other_has_no_nearest(library: Library) -> None:
    assert library.nearest("xyzzy") == ()


def test_two_moves_may_not_share_a_name() -> None:
    other = replace(BRIDGE, id="other", name="Other", aliases=("Hip-Lifts",))
    with pytest.raises(ValueError, match="a name of both bridge and other"):
        collect([BRIDGE, other])


@pytest.mark.parametrize(
    ("level", "number"),
    [(1, 1), (3, 3), ("banded", 3), ("Single leg", 2), (4, None), (0, None), ("heavy", None)],
)
def test_a_level_is_known_by_number_or_name(level: int | str, number: int | None) -> None:
    assert level_of(BRIDGE, level) == number


def test_a_move_without_levels_has_level_one_only() -> None:
    plain = replace(BRIDGE, levels=())
    assert [level_of(plain, level) for level in (1, 2, "basic")] == [1, None, None]
    assert at_level(plain, 3) is plain


def test_a_level_replaces_what_it_says_and_keeps_the_rest() -> None:
    assert at_level(BRIDGE, 1) == BRIDGE
    assert at_level(BRIDGE, 2) == replace(
        BRIDGE,
        name="Single-leg bridge",
        setup="Lie on your back.",
        cues=("Level",),
        equipment=(),
        sides="left-right",
    )
    assert at_level(BRIDGE, 3) == replace(
        BRIDGE, safety="Start light.", equipment=("a band",), switch_ms=0
    )


def test_above_the_highest_level_is_the_highest_and_below_one_is_a_bug() -> None:
    assert at_level(BRIDGE, 9) == at_level(BRIDGE, 3)
    with pytest.raises(ValueError, match="count from 1"):
        at_level(BRIDGE, 0)


def test_the_starter_is_short_and_has_a_title_to_change() -> None:
    lines = starter().splitlines()
    assert "title: My routine" in lines
    assert 20 <= len(lines) <= 40
