"""What we ship says only what it should: the built-in routines, and every word list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from voiceguide import pipeline, script
from voiceguide.coach import book
from voiceguide.library import at_level, load, starter
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Dropped, Segment, Timeline

FOLDER = Path(__file__).parents[1] / "scripts"
COOKBOOK = FOLDER.parent / "docs" / "cookbook"
ROUTINES = {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}
TEXTS = {**{name: path.read_text("utf-8") for name, path in ROUTINES.items()}, "new": starter()}
LIBRARY = load()

THE_NINE = {
    "hip-thrust", "fire-hydrant", "bulgarian-split-squat", "clam-shell", "donkey-kick",
    "romanian-deadlift", "lateral-lunge", "side-leg-lift", "crab-walk",
}  # fmt: skip

NEVER = {
    "diet advice": r"calor|kcal|protein|\bdiet|\bburn",
    "medical promise": r"prevent|\bcure|\bheal(s|ed|ing)?\b|injury.free|pain.free|guarantee",
    "figures nobody can prove": r"2,?000|\b90 ?(%|per ?cent)",
    "body talk": r"\b(butts?|booty|bum|belly|fat|flab\w*|toned?|slim\w*|skinny|sexy|bikini)\b",
    "unkind words": r"no pain|\blazy|punish|no excuse|wimp|quitter|\bcheat|beast|crush",
    "words that need a picture": r"as shown|see (below|above)|picture|photo|\bimage|\bvideo",
}


def scalars(text: str) -> list[str]:
    """Every key and value of a script, as text."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for key, value in node.items():
                yield from (*walk(key), *walk(value))
        elif isinstance(node, list):
            for item in node:
                yield from walk(item)
        else:
            yield node

    return list(walk(yaml.load(text, yaml.BaseLoader)))  # noqa: S506 - it makes text only


def library_words() -> list[str]:
    return [
        words
        for move in LIBRARY.moves.values()
        for number in range(1, max(1, len(move.levels)) + 1)
        for level in [at_level(move, number)]
        for words in (
            level.name,
            level.setup,
            level.setup_short,
            *level.tips,
            *level.mistakes,
            level.safety or "",
        )
    ]


def phrase_words() -> list[str]:
    books = [book.load(language) for language in book.languages()]
    lines = [text for each in books for line in each.lines.values() for text in line.values()]
    return [*lines, *(praise for each in books for praise in each.praise)]


def script_words() -> list[str]:
    cookbook = [path.read_text("utf-8") for path in COOKBOOK.glob("*.yaml")]
    return [words for text in (*TEXTS.values(), *cookbook) for words in scalars(text)]


@pytest.fixture(scope="module", params=TEXTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def plan(name: str, *, estimate: bool = True, **options: Any) -> Timeline:
    options.setdefault("engine", "silent")
    source = Source(TEXTS[name].encode(), f"{name}.yaml", FOLDER)
    return pipeline.plan(source, Options(**options), estimate=estimate)


def lost(timeline: Timeline) -> list[Dropped]:
    """What was shortened or left out, apart from what may be."""
    return [drop for drop in timeline.dropped if drop.role not in {"tip", "praise"}]


def work(timeline: Timeline) -> list[Segment]:
    return [segment for segment in timeline.segments if segment.kind == "work"]


@pytest.mark.parametrize("reason", NEVER)
def test_no_shipped_word_is_one_of_those_we_never_say(reason: str) -> None:
    said = [*library_words(), *phrase_words(), *script_words()]
    assert [words for words in said if re.search(NEVER[reason], words, re.IGNORECASE)] == []


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_tells_in_its_head_whom_it_is_for(name: str) -> None:
    schema, *head = TEXTS[name].split("\nvoiceguide: 1")[0].splitlines()
    assert schema == "# yaml-language-server: $schema=../voiceguide/routine.schema.json"
    for entry in ("For", "Equipment", "Level", "Length", "Source"):
        assert any(re.match(rf"#   {entry} +\S", line) for line in head), entry


def test_a_routine_has_no_fault_and_no_warning(name: str) -> None:
    assert script.read(TEXTS[name], f"{name}.yaml").faults == ()
    assert plan(name).warnings == ()


def test_pain_and_stop_are_heard_in_the_first_30_s(name: str) -> None:
    opening = " ".join(cue.text for cue in plan(name).speech if cue.end_ms <= 30_000)
    assert "pain" in opening
    assert "stop" in opening
    assert re.search(r"professional|doctor", opening)


@pytest.mark.parametrize("talk", ["full", "short", "names"])
def test_nothing_is_shortened_or_dropped_but_tips_and_praise(name: str, talk: str) -> None:
    assert lost(plan(name, talk=talk)) == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pyttsx3", "hibari"])
def test_with_a_real_voice_nothing_is_lost_either(name: str, engine: str) -> None:
    pytest.importorskip(engine)
    assert lost(plan(name, engine=engine, estimate=False)) == []


def test_all_of_a_routine_is_in_the_library_and_its_equipment_is_what_the_moves_need(
    name: str,
) -> None:
    timeline = plan(name)
    moves = [LIBRARY.moves[segment.exercise or ""] for segment in work(timeline)]
    needed = dict.fromkeys(item for move in moves for item in move.equipment)
    assert timeline.equipment == tuple(needed)


def test_left_and_right_get_the_same(name: str) -> None:
    timeline = plan(name)
    amounts: dict[str, list[tuple[object, ...]]] = {"left": [], "right": []}
    for segment in work(timeline):
        if segment.side in amounts:
            amount = (segment.exercise, segment.set, segment.round, segment.reps, segment.length_ms)
            amounts[segment.side].append(amount)
    assert amounts["left"] == amounts["right"]


def test_after_the_last_work_there_are_only_words_or_a_cool_down(name: str) -> None:
    segments = plan(name).segments
    last = max(segment.index for segment in segments if segment.kind == "work")
    for segment in segments[last + 1 :]:
        assert segment.kind == "talk" or segment.block == "Cool-down"


@pytest.mark.parametrize("talk", ["full", "short", "names", "beeps"])
@pytest.mark.parametrize("level", [1, 2])
def test_upper_glutes_lasts_ten_minutes_exactly_whatever_is_said(talk: str, level: int) -> None:
    timeline = plan("upper-glutes-10", talk=talk, level=level)
    assert timeline.duration_ms == 600_000
    assert timeline.warnings == ()


def test_upper_glutes_is_three_or_four_of_the_nine() -> None:
    moves = {segment.exercise for segment in work(plan("upper-glutes-10"))}
    assert moves <= THE_NINE
    assert len(moves) in {3, 4}


def test_run_warmup_is_done_standing_in_about_eight_minutes() -> None:
    timeline = plan("run-warmup")
    assert abs(timeline.duration_ms - 8 * 60_000) <= 45_000
    moves = [LIBRARY.moves[segment.exercise or ""] for segment in work(timeline)]
    assert {move.position for move in moves} == {"standing"}
    drills = {"run drill", "mobility"}
    assert any("glutes" in move.areas and not drills.intersection(move.areas) for move in moves)


def test_run_warmup_has_reps_seconds_metres_sides_and_holds() -> None:
    segments = work(plan("run-warmup"))
    assert [segment.block for segment in segments][:: len(segments) - 1] == ["Raise", "Speed"]
    assert any(segment.reps and segment.side == "right" for segment in segments)
    assert any(segment.hold_ms for segment in segments)
    assert any(segment.distance for segment in segments)
    assert any(segment.reps is None for segment in segments)


def test_first_steps_shows_each_kind_of_step_and_of_work() -> None:
    keys = set(scalars(TEXTS["first-steps"]))
    assert keys >= {
        "exercise", "rest", "say", "sound", "block", "repeat", "every", "wait", "within",
        "duration", "reps", "hold", "release", "tempo", "pace", "own", "estimate", "sides",
        "cues", "label", "prepare", "defaults", "coach",
    }  # fmt: skip
    assert re.search(r"reps: \[\d+, \d+\]", TEXTS["first-steps"])
    assert 3 * 60_000 <= plan("first-steps").duration_ms <= 6 * 60_000


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_move_is_done_by_its_name_alone_and_nothing_of_it_is_lost(level: int) -> None:
    steps = "".join(f"  - {{exercise: {move}, prepare: auto}}\n" for move in LIBRARY.moves)
    text = f"voiceguide: 1\ntitle: All\nlevel: {level}\nsteps:\n{steps}"
    source = Source(text.encode(), "all.yaml", FOLDER)
    timeline = pipeline.plan(source, Options(engine="silent"), estimate=True)
    assert {segment.exercise for segment in work(timeline)} == set(LIBRARY.moves)
    assert timeline.warnings == ()
    assert lost(timeline) == []
