"""The words and figures of every entry, at every level: fit for ears, kind, and true to sides."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest
import yaml

from voiceguide.library import at_level, load
from voiceguide.library.entries import read
from voiceguide.library.words import FOLDER as WORDS
from voiceguide.model import template
from voiceguide.model.exercise import Area, Move, Position

MOVES = load().moves
LEVELS = [
    pytest.param(at_level(move, number), id=f"{move.id}-{number}")
    for move in MOVES.values()
    for number in range(1, max(1, len(move.levels)) + 1)
]
WEIGHTS = re.compile(r"\bweights?\b|\bbar\b")
NEEDS_A_PICTURE = re.compile(
    r"\b(as shown|see (below|above)|picture|photo|image|video|like this)\b", re.IGNORECASE
)
every_move = pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
every_level = pytest.mark.parametrize("move", LEVELS)


def words(text: str) -> list[str]:
    return re.findall(r"[\w{}'-]+", text)


def texts(move: Move) -> tuple[str, ...]:
    safety = move.safety or ""
    return (move.name, move.setup, move.setup_short, *move.tips, *move.mistakes, safety)


def test_there_are_at_least_125_moves() -> None:
    assert len(MOVES) >= 125


def test_each_area_has_moves_and_most_need_nothing() -> None:
    for area in get_args(Area):
        assert sum(area in move.areas for move in MOVES.values()) >= 4, area
    assert sum(not move.equipment for move in MOVES.values()) > len(MOVES) / 2


@every_level
def test_setup_lasts_at_most_12_s_at_150_words_a_minute_and_4_s_in_short(move: Move) -> None:
    assert len(words(move.setup)) <= 26
    assert len(words(move.setup_short)) <= 9
    assert len(words(move.safety or "")) <= 28


@every_level
def test_a_cue_is_one_idea_in_a_few_words(move: Move) -> None:
    assert move.cues
    assert len(set(move.cues)) == len(move.cues)
    assert move.breath
    assert 1 <= len(move.mistakes) <= 3
    for cue in (*move.tips, *move.mistakes):
        assert len(words(cue)) <= 7, cue
        assert not re.search(r"[.;:!]", cue), cue


@every_level
def test_sentences_begin_with_a_letter_and_end_with_a_stop(move: Move) -> None:
    for text in (move.setup, move.setup_short, *filter(None, [move.safety])):
        assert text.endswith(".")
        for sentence in re.split(r"(?<=\.) ", text):
            assert sentence[0].isupper(), sentence


@every_level
def test_sides_are_placeholders_where_one_side_works_and_nowhere_else(move: Move) -> None:
    held = {name for text in texts(move) for name in template.names(text)}
    assert held <= {"side", "other_side"}
    if move.sides in {"left-right", "right-left"}:
        assert "side" in template.names(move.setup) or "other_side" in template.names(move.setup)
    else:
        assert not held


@every_level
def test_no_literal_side_is_left_over(move: Move) -> None:
    for text in texts(move):
        assert not re.search(r"\b(left|right)\b", text, re.IGNORECASE), text


@every_level
def test_a_placeholder_stands_before_the_thing_it_names(move: Move) -> None:
    """So that "working" and "other" can stand in where there is no single side."""
    for text in texts(move):
        assert not re.search(r"\{\w+\}(?! \w)", text), text


@every_level
def test_a_lying_move_says_which_side_to_lie_on(move: Move) -> None:
    if move.position == "side":
        for text in (move.setup, move.setup_short):
            assert re.search(r"(your|on) \{(other_)?side\} (side|forearm)", text), text


@every_level
def test_changing_sides_leaves_time_to_roll_over(move: Move) -> None:
    if move.sides in {"left-right", "right-left"}:
        switch_ms = 5000 if move.switch_ms is None else move.switch_ms
        assert switch_ms >= (8000 if move.position == "side" else 5000)


@every_level
def test_the_words_stand_without_a_picture(move: Move) -> None:
    for text in texts(move):
        assert not NEEDS_A_PICTURE.search(text), text


@every_level
def test_weights_bring_their_safety_line(move: Move) -> None:
    if WEIGHTS.search(" ".join(move.equipment)):
        assert "start light" in (move.safety or "").lower()


@every_level
def test_figures_are_possible(move: Move) -> None:
    amounts = [move.reps is not None, move.duration_ms is not None, move.hold_ms is not None]
    assert any(amounts)
    assert not (move.duration_ms is not None and sum(amounts) > 1)
    assert move.tempo is None or re.fullmatch(r"(\d|X)(-(\d|X)){3}", move.tempo)
    assert move.tempo is None or move.pace_ms is None
    assert move.starts in {"down", "up"}
    assert move.sides in {"none", "left-right", "right-left", "alternate"}
    assert move.position in get_args(Position)
    assert move.sets >= 1
    assert move.areas
    assert set(move.areas) <= set(get_args(Area))
    assert len(set(move.areas)) == len(move.areas)


@every_move
def test_the_first_level_is_the_entry_itself(move: Move) -> None:
    assert len(move.levels) in {0, 2, 3}
    assert at_level(move, 1) == move
    assert len({level.name for level in move.levels}) == len(move.levels)


@every_move
def test_what_is_told_apart_at_a_level_has_a_name_of_its_own(move: Move) -> None:
    names = [at_level(move, number).name for number in range(1, len(move.levels) + 1)]
    assert len(set(names)) == len(names)


@every_move
def test_what_should_not_stand_side_by_side_is_told_at_both(move: Move) -> None:
    for other in move.not_with:
        assert other != move.id
        assert move.id in MOVES[other].not_with
        assert set(move.areas) & set(MOVES[other].areas)


@every_move
def test_a_drill_is_done_standing_and_a_breath_is_free(move: Move) -> None:
    if {"run drill", "breath"} & set(move.areas):
        assert move.position == "standing"
        assert not move.equipment


@pytest.mark.parametrize(
    ("name", "kind"),
    [("squat", "reps"), ("crab-walk", "steps"), ("glute-standing", "hold"), ("plank", "time"),
     ("knee-hug", "reps")],
)  # fmt: skip
def test_how_work_is_told_follows_from_its_amount(name: str, kind: str) -> None:
    assert MOVES[name].kind == kind


def test_the_breath_is_the_last_of_the_tips_at_each_level() -> None:
    for number in (1, 2, 3):
        move = at_level(MOVES["hip-thrust"], number)
        assert move.tips == (*move.cues, "Breathe out on the way up")


def test_moves_share_few_words_for_the_breath() -> None:
    assert len({move.breath for move in MOVES.values()}) <= 12


@pytest.mark.parametrize("path", sorted(WORDS.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_moves_share_is_told_in_every_language(path: Path) -> None:
    body = yaml.safe_load(path.read_text("utf-8"))
    needed = {item for move in MOVES.values() for item in move.equipment}
    needed |= {item for move in MOVES.values() for lv in move.levels for item in lv.equipment or ()}
    assert set(body["equipment"]) == needed
    assert set(body["breath"]) == {move.breath for move in MOVES.values()}
    for words in (body["equipment"], body["breath"]):
        assert all(one != other for one, other in combinations(words.values(), 2))


@pytest.mark.parametrize(
    "name",
    ["hip-hinge", "romanian-deadlift", "deadlift", "band-deadlift", "sumo-deadlift",
     "single-leg-deadlift", "good-morning", "dumbbell-row", "bent-over-row"],
)  # fmt: skip
def test_the_straight_back_is_never_dropped_from_a_hinge(name: str) -> None:
    for number in (1, 2, 3):
        move = at_level(MOVES[name], number)
        for text in (move.setup, move.setup_short):
            assert re.search(r"back straight|neutral spine", text, re.IGNORECASE), text


@pytest.mark.parametrize("name", ["bulgarian-split-squat", "split-squat", "lateral-lunge", "lunge"])
def test_the_knee_stays_over_the_toes_in_split_squats_and_lunges(name: str) -> None:
    for number in (1, 2, 3):
        move = at_level(MOVES[name], number)
        told = " ".join((move.setup, *move.cues))
        assert re.search(r"[Kk]nee (in line with|over) your toes", told)


@pytest.mark.parametrize("name", ["deadlift", "band-deadlift", "sumo-deadlift"])
def test_a_deadlift_sends_to_the_hinge_first(name: str) -> None:
    assert "hip hinge before" in (MOVES[name].safety or "")


@pytest.mark.parametrize(
    "name",
    ["bulgarian-split-squat", "split-squat", "squat", "lunge", "sumo-squat", "goblet-squat",
     "wall-sit"],
)  # fmt: skip
def test_depth_ends_where_form_does(name: str) -> None:
    assert "as deep as form allows" in MOVES[name].setup


@pytest.mark.parametrize(
    "name", ["fire-hydrant", "clam-shell", "hip-thrust", "donkey-kick", "side-leg-lift"]
)
def test_lowering_takes_at_least_two_seconds(name: str) -> None:
    move = MOVES[name]
    assert move.tempo is not None
    assert int(move.tempo[0]) >= 2
    assert move.starts == "up"


def test_all_files_are_read_and_an_id_is_used_once(tmp_path: Path) -> None:
    entry = "plank: {name: Plank, areas: [core], duration: 2.5, setup: Down., setup_short: D.}\n"
    (tmp_path / "a.yaml").write_text(entry)
    assert read(tmp_path)["plank"].duration_ms == 2500
    (tmp_path / "b.yaml").write_text(entry)
    with pytest.raises(ValueError, match="already is an entry 'plank'"):
        read(tmp_path)


def test_an_entry_may_hold_nothing_that_a_move_does_not_have(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("plank: {name: P, setup: D., setup_short: D., colour: red}")
    with pytest.raises(TypeError, match="colour"):
        read(tmp_path)
