"""Each session that ships: what it promises in its name, and what all of them keep to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from contract import findings, read
from shipped import NAMES, PATHS, lost, planned, source, work

from voiceguide import pipeline, script
from voiceguide.cli.outline import outline
from voiceguide.library import load
from voiceguide.model.timeline import Timeline, dump
from voiceguide.model.wording import clock

LIBRARY = load()
MIN = 60_000
PAGE = Path(__file__).parents[1] / "docs" / "sessions.md"

THE_NINE = {
    "hip-thrust", "fire-hydrant", "bulgarian-split-squat", "clam-shell", "donkey-kick",
    "romanian-deadlift", "lateral-lunge", "side-leg-lift", "crab-walk",
}  # fmt: skip

MINUTES = {
    "run-warmup": 8, "run-warmup-intervals": 15, "run-warmup-race": 20, "standing-practice": 2,
    "box-breathing": 5,
    **{name: int(found[1]) for name in NAMES if "week" not in name
       if (found := re.search(r"-(\d+)$", name))},
}  # fmt: skip
"""Sessions that last exactly so long: their names or their titles say so."""

OWN_WORDS = {"Breathe in", "Hold", "Breathe out", "hard run", "run uphill", "straight leg raise"}
"""Work that is no move of the library, because it is told by its name or by words of its own."""

ASKED_FOR = {
    "run-warmup-5", "run-warmup", "run-warmup-12", "run-warmup-intervals", "run-warmup-race",
    "upper-glutes-10", "lower-body-30", "activate-use-work", "hip-hinge-school",
    "standing-practice", "desk-break-2", "desk-break-5", "commercial-break", "full-body-7",
    "full-body-20", "tabata", "emom", "pyramid", "pyramid-time", "core-10", "band-legs-20",
    "dumbbell-30", "stretching-10", "evening-unwinding", "box-breathing", "run-walk",
    "easy-run-strides", "four-by-four", "hill-repeats", "long-run", "physio-sheet",
    "beginner-10", "stand-up", "hinge-snack", "snack-day", "first-steps",
    *(f"run-walk-week-{week}" for week in (1, 2, 3, 4, 5, "5b", "5c", 6, "6b", "6c", 7, 8, 9)),
}  # fmt: skip


def test_what_is_asked_for_is_there() -> None:
    assert set(NAMES) >= ASKED_FOR


@pytest.mark.parametrize("name", NAMES)
def test_a_session_tells_what_it_is_for_whom_and_where_from(name: str) -> None:
    text = PATHS[name].read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../voiceguide/routine.schema.json\n")
    seen = pipeline.overview(source(name))
    assert seen.description
    assert seen.audience
    assert seen.source
    assert seen.level in {1, 2, 3}
    assert seen.areas
    assert "ours" in seen.source or re.search(r"\d{4}|Couch to 5K", seen.source)


@pytest.mark.parametrize("name", NAMES)
def test_the_length_that_is_listed_is_the_length_that_is_planned(name: str) -> None:
    assert pipeline.overview(source(name)).estimated_ms == planned(name).duration_ms


@pytest.mark.parametrize("name", NAMES)
def test_it_has_no_fault_and_no_warning(name: str) -> None:
    assert script.read(PATHS[name].read_text("utf-8"), f"{name}.yaml").faults == ()
    assert pipeline.check(source(name)) == pipeline.Report((), ())
    assert planned(name).warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_planned_as_the_contract_says(name: str) -> None:
    written = read(PATHS[name].read_text("utf-8"))
    assert findings(written, json.loads(dump(planned(name)))) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_same_script_gives_the_same_timeline(name: str) -> None:
    again = planned.__wrapped__(name)
    assert dump(again) == dump(planned(name))


@pytest.mark.parametrize("name", NAMES)
def test_pain_stop_and_whom_to_ask_are_heard_in_the_first_30_s(name: str) -> None:
    opening = " ".join(cue.text for cue in planned(name).speech if cue.end_ms <= 30_000)
    assert "pain" in opening
    assert "stop" in opening
    assert re.search(r"professional|doctor", opening)


@pytest.mark.parametrize("talk", [None, "short", "names"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_shortened_or_dropped_but_tips_and_praise(name: str, talk: str | None) -> None:
    assert lost(planned(name, talk=talk)) == []


@pytest.mark.parametrize("name", NAMES)
def test_at_beeps_there_are_tones_and_no_words_but_safety(name: str) -> None:
    timeline = planned(name, talk="beeps")
    assert {cue.role for cue in timeline.speech} <= {"safety"}
    assert timeline.warnings == ()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pyttsx3", "hibari"])
@pytest.mark.parametrize("name", NAMES)
def test_with_a_real_voice_nothing_is_lost_either(name: str, engine: str) -> None:
    pytest.importorskip(engine)
    timeline = planned(name, engine=engine)
    assert lost(timeline) == []
    assert timeline.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_all_of_it_is_in_the_library_and_its_equipment_is_what_the_moves_need(name: str) -> None:
    timeline = planned(name)
    assert {segment.label for segment in work(timeline) if not segment.exercise} <= {
        "As many rounds as possible", *OWN_WORDS
    }  # fmt: skip
    needed: set[str] = set()
    for segment in work(timeline):
        if segment.exercise:
            move = LIBRARY.moves[segment.exercise]
            step = move.levels[segment.level - 1] if move.levels and segment.level else None
            needed.update(move.equipment if step is None or step.equipment is None
                          else step.equipment)  # fmt: skip
    assert set(timeline.equipment) == needed


@pytest.mark.parametrize("name", NAMES)
def test_what_is_needed_is_told_before_the_first_work(name: str) -> None:
    """A seat, a band or weights are no surprise in the middle."""
    timeline = planned(name)
    before = " ".join(
        cue.text for cue in timeline.speech if cue.end_ms <= work(timeline)[0].start_ms
    )
    for thing in timeline.equipment:
        word = {"a weight": "dumbbells|two", "weights": "dumbbells|two"}.get(thing)
        assert re.search(word or thing.rpartition(" ")[2], before), thing


@pytest.mark.parametrize("name", NAMES)
def test_left_and_right_get_the_same_one_after_the_other(name: str) -> None:
    """And the side is told before its first rep, with at least 3 s to change."""
    timeline = planned(name)
    efforts = work(timeline)
    amounts: dict[str, list[tuple[object, ...]]] = {"left": [], "right": []}
    for segment in efforts:
        if segment.side in amounts:
            amount = (segment.exercise, segment.set, segment.round, segment.reps, segment.length_ms)
            amounts[segment.side].append(amount)
            told = [
                cue for cue in timeline.speech
                if cue.about == segment.index and cue.start_ms < segment.start_ms
                and cue.role in {"name", "side"}
            ]  # fmt: skip
            assert any(segment.side in cue.text.lower() for cue in told), segment
    assert amounts["left"] == amounts["right"]
    for segment in timeline.segments:
        assert segment.kind != "switch" or segment.length_ms >= 3_000


@pytest.mark.parametrize("name", [name for name in NAMES if name != "box-breathing"])
def test_what_comes_is_told_before_it_starts(name: str) -> None:
    """With 5 s or more before it the words end a second before the start."""
    timeline = planned(name)
    for before, segment in pairwise(timeline.segments):
        if segment.kind != "work":
            continue
        names = [cue for cue in timeline.speech
                 if cue.about == segment.index and cue.role in {"name", "side"}]  # fmt: skip
        assert names, segment
        assert names[0].start_ms < segment.start_ms
        if before.kind != "work" and before.length_ms >= 5_000:
            assert names[-1].end_ms <= segment.start_ms - 1_000


@pytest.mark.parametrize("name", NAMES)
def test_positions_change_little(name: str) -> None:
    """Down to the floor and up again once at the most, not to and fro."""
    standing = {"standing"}
    moves = [LIBRARY.moves.get(segment.exercise or "") for segment in work(planned(name))]
    ups = [move.position in standing for move in moves if move and "breath" not in move.areas]
    once_a_round = 6 if name == "full-body-20" else 2
    assert sum(a != b for a, b in pairwise(ups)) <= once_a_round


@pytest.mark.parametrize("name", NAMES)
def test_no_praise_comes_again_within_five_and_nothing_is_said_twice_in_a_row(name: str) -> None:
    speech = planned(name).speech
    praise = [cue.text for cue in speech if cue.role == "praise"]
    assert all(len(set(praise[n : n + 5])) == len(praise[n : n + 5]) for n in range(len(praise)))
    tips = [(cue.role, cue.text) for cue in speech if cue.role in {"tip", "praise", "script"}]
    assert all(a != b for a, b in pairwise(tips))


@pytest.mark.parametrize("name", NAMES)
def test_the_level_is_told_and_never_changes_by_itself(name: str) -> None:
    levels: dict[tuple[str | None, int], set[int | None]] = {}
    for segment in work(planned(name)):
        levels.setdefault((segment.exercise, segment.line), set()).add(segment.level)
    assert all(len(each) == 1 for each in levels.values())


@pytest.mark.parametrize("name", NAMES)
def test_after_the_last_work_there_are_only_words_or_a_cool_down(name: str) -> None:
    segments = planned(name).segments
    last = max(segment.index for segment in segments if segment.kind == "work")
    for segment in segments[last + 1 :]:
        is_slot_or_walk = segment.kind == "rest" and name in {"emom", "snack-day"} | set(RUNS)
        assert segment.kind == "talk" or segment.block == "Cool-down" or is_slot_or_walk


RUNS = tuple(name for name in NAMES if name.startswith("run-walk") or name == "long-run")


@pytest.mark.parametrize(("name", "minutes"), MINUTES.items())
def test_it_lasts_as_long_as_its_name_says(name: str, minutes: int) -> None:
    assert planned(name).duration_ms == minutes * MIN


@pytest.mark.parametrize("talk", ["short", "names", "beeps"])
@pytest.mark.parametrize("name", [name for name in MINUTES if name != "first-steps"])
def test_it_lasts_as_long_whatever_is_said(name: str, talk: str) -> None:
    assert planned(name, talk=talk).duration_ms == MINUTES[name] * MIN


@pytest.mark.parametrize("level", [1, 2])
def test_upper_glutes_lasts_ten_minutes_at_each_level(level: int) -> None:
    timeline = planned("upper-glutes-10", level=level)
    assert timeline.duration_ms == 10 * MIN
    assert timeline.warnings == ()


# What the source articles ask of single sessions, and how it is seen.


def moves_of(name: str, block: str | None = None) -> list[str]:
    segments = [s for s in work(planned(name)) if block in (None, s.block)]
    return list(dict.fromkeys(segment.exercise or "" for segment in segments))


def test_upper_glutes_is_three_or_four_of_the_nine() -> None:
    moves = set(moves_of("upper-glutes-10"))
    assert moves <= THE_NINE
    assert len(moves) in {3, 4}


def test_lower_body_is_some_of_the_nine_and_others() -> None:
    moves = set(moves_of("lower-body-30"))
    assert len(moves & THE_NINE) >= 3
    assert moves - THE_NINE


def test_a_commercial_break_begins_at_once_with_one_move_and_ends_in_time() -> None:
    timeline = planned("commercial-break")
    assert work(timeline)[0].start_ms <= 10_000
    assert timeline.segments[0].kind == "prepare"
    assert 60_000 <= timeline.duration_ms <= 180_000
    assert len(moves_of("commercial-break")) == 1


def test_activate_use_work_come_in_this_order_each_announced_once() -> None:
    timeline = planned("activate-use-work")
    blocks = dict.fromkeys(segment.block for segment in work(timeline))
    assert list(blocks) == ["Activate", "Use", "Work"]
    told = [cue.text for cue in timeline.speech if cue.role == "block"]
    assert told == ["Activate.", "Use.", "Work."]
    assert {"glute-standing", "hip-hinge"} <= set(moves_of("activate-use-work", "Use"))


def test_snacks_are_short() -> None:
    assert planned("stand-up").duration_ms < 60_000
    assert planned("hinge-snack").duration_ms < 90_000


def test_a_day_of_snacks_has_each_at_its_time_and_silence_between() -> None:
    timeline = planned("snack-day")
    bells = [cue.start_ms for cue in timeline.tones if cue.sound == "bell"]
    assert len(bells) == 8
    assert {b - a for a, b in pairwise(bells)} == {30 * MIN}
    for segment in timeline.segments:
        if segment.kind == "rest":
            heard = [cue for cue in timeline.cues if segment.start_ms <= cue.start_ms
                     and cue.start_ms + 2_500 < segment.end_ms]  # fmt: skip
            assert all(cue.start_ms < segment.start_ms + 3_000 for cue in heard)


def test_a_day_of_snacks_may_be_longer() -> None:
    longer = planned("snack-day", variables=(("rounds", "8"),))
    assert longer.duration_ms > 8 * 60 * MIN


def test_bending_is_practised_as_in_everyday_life() -> None:
    for name in ("hip-hinge-school", "hinge-snack", "activate-use-work"):
        assert any("box" in cue.text for cue in planned(name).speech if cue.role == "script")
    told = " ".join(cue.text for cue in planned("hip-hinge-school").speech)
    assert "shoelace" in told


def test_standing_practice_is_one_move_with_three_points_of_form() -> None:
    assert moves_of("standing-practice") == ["glute-standing"]
    told = " ".join(cue.text for cue in planned("standing-practice").speech)
    for point in ("knees", "heels", "hips back"):
        assert point in told


def test_there_is_one_for_a_band_one_for_beginners_and_one_to_begin_running() -> None:
    assert planned("band-legs-20").equipment == ("a loop band",)
    assert pipeline.overview(source("beginner-10")).level == 1
    assert "easy-jog" in moves_of("run-walk")


def test_steps_of_a_range_are_told_as_a_range_and_timed_by_its_lower_end() -> None:
    timeline = planned("band-legs-20")
    walks = [segment for segment in work(timeline) if segment.exercise == "crab-walk"]
    assert {segment.reps for segment in walks} == {10}
    assert any("10 to 20 steps" in cue.text for cue in timeline.speech)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("run-warmup")])
def test_a_run_warm_up_is_done_standing_and_wakes_the_glutes(name: str) -> None:
    moves = [LIBRARY.moves[move] for move in moves_of(name)]
    assert {move.position for move in moves} == {"standing"}
    drills = {"run drill", "mobility"}
    assert any("glutes" in move.areas and not drills.intersection(move.areas) for move in moves)


def test_run_warmup_has_reps_seconds_metres_sides_and_holds() -> None:
    segments = work(planned("run-warmup"))
    assert [segment.block for segment in segments][:: len(segments) - 1] == ["Raise", "Speed"]
    assert any(segment.reps and segment.side == "right" for segment in segments)
    assert any(segment.hold_ms for segment in segments)
    assert any(segment.distance for segment in segments)
    assert any(segment.reps is None for segment in segments)


def minutes_of(name: str) -> list[tuple[str, float]]:
    """What is run and walked, in minutes."""
    found = []
    for segment in planned(name).segments:
        if segment.kind == "work" or segment.label:
            kind = "run" if "run" in (segment.label or "").lower() else "walk"
            found.append((kind, segment.length_ms / MIN))
    return found


RUN_WALK = {
    "1": [(1, 1.5)] * 8,
    "2": [(1.5, 2)] * 6,
    "3": [(1.5, 1.5), (3, 3)] * 2,
    "4": [(3, 1.5), (5, 2.5), (3, 1.5), (5, 0)],
    "5": [(5, 3), (5, 3), (5, 0)],
    "5b": [(8, 5), (8, 0)],
    "5c": [(20, 0)],
    "6": [(5, 3), (8, 3), (5, 0)],
    "6b": [(10, 3), (10, 0)],
    "6c": [(25, 0)],
    "7": [(25, 0)],
    "8": [(28, 0)],
    "9": [(30, 0)],
}
"""Runs and walks of the NHS plan, in minutes, between two walks of five."""


@pytest.mark.parametrize(("week", "turns"), RUN_WALK.items())
def test_a_week_of_run_walk_is_that_of_the_plan(
    week: str, turns: list[tuple[float, float]]
) -> None:
    middle = [(kind, minutes) for turn in turns
              for kind, minutes in zip(("run", "walk"), turn, strict=True) if minutes]  # fmt: skip
    assert minutes_of(f"run-walk-week-{week}") == [("walk", 5), *middle, ("walk", 5)]


def test_run_walk_takes_its_figures_from_the_call() -> None:
    given = (("run", "2m"), ("walk", "1m"), ("rounds", "3"))
    usual, other = planned("run-walk"), planned("run-walk", variables=given)
    assert usual.duration_ms - other.duration_ms == 8 * 150_000 - 3 * 180_000


def lengths(name: str, block: str, kind: str = "work") -> list[float]:
    segments = planned(name).segments
    return [s.length_ms / 1000 for s in segments if (s.block, s.kind) == (block, kind)]


def test_published_protocols_have_their_figures() -> None:
    assert lengths("tabata", "Tabata") == [20] * 8
    assert lengths("tabata", "Tabata", "rest") == [10] * 7
    assert lengths("four-by-four", "Intervals") == [240] * 4
    assert lengths("four-by-four", "Intervals", "rest")[1:] == [180] * 3
    assert lengths("full-body-7", "Standing") + lengths("full-body-7", "On the floor") == [30] * 10
    assert set(lengths("long-run", "Run") or [540]) == {540}
    assert [s.length_ms for s in work(planned("box-breathing"))] == [4_000] * 72


def test_first_steps_shows_each_kind_of_step_and_of_work() -> None:
    text = PATHS["first-steps"].read_text("utf-8")
    keys = set(re.findall(r"([a-z_]+):", text))
    assert keys >= {
        "exercise", "rest", "say", "sound", "block", "repeat", "every", "wait", "within",
        "duration", "reps", "hold", "release", "tempo", "pace", "estimate", "sides",
        "cues", "label", "prepare", "defaults", "coach",
    }  # fmt: skip
    assert re.search(r"reps: \[\d+, \d+\]", text)
    assert "pace: own" in text
    assert 3 * MIN <= planned("first-steps").duration_ms <= 6 * MIN


# The page of all sessions.

TOLD = re.compile(r"(<!-- generated: .*? -->\n).*(<!-- end -->)", re.DOTALL)


def page() -> Iterator[str]:
    """A table of all sessions, then each with its outline."""
    seen = {name: pipeline.overview(source(name)) for name in NAMES}
    yield "\n| session | length | level | equipment | works on |\n| --- | --- | --- | --- | --- |\n"
    for name, each in seen.items():
        length = clock(round(each.estimated_ms, -3))
        equipment = ", ".join(each.equipment) or "none"
        yield f"| [{name}](#{name}) | {length} | {each.level} | {equipment} | "
        yield f"{', '.join(each.areas)} |\n"
    for name, each in seen.items():
        yield f"\n## {name}\n\n**{each.title}.** {each.description}\n\n| | |\n| --- | --- |\n"
        yield f"| For | {each.audience} |\n"
        yield f"| Outline | {'; '.join(items(planned(name)))} |\n"
        yield f"| Source | {each.source} |\n"
    yield "\n"


def items(timeline: Timeline) -> Iterator[str]:
    block = None
    for item in outline(timeline):
        named = f"**{item.block}**: " if item.block and item.block != block else ""
        block = item.block
        yield f"{named}{item.label}, {item.amount}"


def test_the_page_tells_of_each_session(golden: Callable[[Path, str], None]) -> None:
    shown = PAGE.read_text(encoding="utf-8")
    wanted = TOLD.sub(lambda found: found[1] + "".join(page()) + found[2], shown)
    golden(PAGE, wanted)
