"""Everything that is wrong in a programme is told at once, each at its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide import programme

Call = Callable[..., Any]
Write = Callable[[str, str], str]

PLACE = re.compile(r"^(\S+?:\d+:\d+): (.*)$", re.MULTILINE)

BROKEN = """\
programme: 2
wekes: 6
title: T
weeks: 0
days: [mon, fry]
sessions:
  - {script: a, days: mon, at: "25:00"}
  - {set: {1x: 2}, areas: [glute]}
  - [b]
progress: {reps: 1 a week, set: +1 at week 4, deload: weekly}
rest_days: never
start: 2026-02-30
alarm: soon
"""
BROKEN_TOLD = [
    ("1:12", "programme: expected format 1, the only one there is (got `2`)"),
    ("2:1", "wekes: unknown key `wekes`"),
    ("4:8", "weeks: expected a whole number from 1 to 52 (got `0`)"),
    ("5:13", "days: expected a day of the week such as monday (got `fry`)"),
    ("7:17", "sessions[0].days: unknown key `days`"),
    ("7:32", 'sessions[0].at: expected a time of day such as "07:30" (got `25:00`)'),
    ("8:5", "sessions[1]: `script` is missing"),
    ("8:12", "sessions[1].set.1x: `1x` cannot be the name of a variable"),
    ("8:27", (
        "sessions[1].areas: expected one of `upper glutes`, `glutes`, `hamstrings`, `lower back`, "
        "`calves`, `legs`, `hips`, `core`, `upper body`, `mobility`, `run drill`, `breath` (got "
        "`glute`)")),
    ("9:5", "sessions[2]: expected text (got a list)"),
    ("10:18", (
        "progress.reps: expected `+1 a week`, `+1 every 2 weeks` or `+1 at week 4` (got "
        "`1 a week`)")),
    ("10:28", "progress.set: unknown key `set`"),
    ("10:55", "progress.deload: expected `week 4`, or `every 4 weeks` (got `weekly`)"),
    ("11:12", "rest_days: expected one of `refuse`, `warn` (got `never`)"),
    ("12:8", "start: there is no day `2026-02-30`"),
    ("13:8", "alarm: expected a duration such as 45s, 1m30s or 1:30 (got `soon`)"),
]  # fmt: skip

AT_ODDS = """\
programme: 1
title: T
weeks: 3
days: [thursday, monday, friday]
sessions:
  - {script: [run-warmup, tabata], day: [monday, saturday]}
  - {script: tabata, day: monday, at: "10:00"}
  - {script: tabata, day: monday, at: "10:00", set: {work: [1, 2, 3, 4]}}
progress: {reps: [+1 a week, +1 at week 4], deload: [week 2, 8]}
"""
AT_ODDS_TOLD = [
    ("4:8", "days[0]: there is no session on thursday"),
    ("4:18", "days[1]: days go in the order of the week"),
    ("4:26", "days[2]: there is no session on friday"),
    ("6:5", "sessions[0]: there are 3 sessions on monday: which comes when?"),
    ("6:14", "sessions[0].script: expected 3 values, one for each week (got 2)"),
    ("6:50", "sessions[0].day[1]: saturday is not among the `days`"),
    ("7:39", "sessions[1].at: two sessions on monday have the same time"),
    ("8:39", "sessions[2].at: two sessions on monday have the same time"),
    ("8:60", "sessions[2].set.work: expected 3 values, one for each week (got 4)"),
    ("9:30", "progress.reps[1]: there is no week 4 in a programme of 3 weeks"),
    ("9:53", "progress.deload: there is no week 8 in a programme of 3 weeks"),
]


@pytest.mark.parametrize(
    ("text", "told"), [(BROKEN, BROKEN_TOLD), (AT_ODDS, AT_ODDS_TOLD)], ids=["words", "whole"]
)
def test_faults_of_a_programme(
    call: Call, write: Write, text: str, told: list[tuple[str, str]]
) -> None:
    called = call("check", write("p.yaml", text))
    assert called.code == 65
    assert PLACE.findall(called.err) == [(f"p.yaml:{place}", words) for place, words in told]
    assert called.err.endswith(f"{len(told)} faults in p.yaml\n")


WHOLE = """\
programme: 1
title: T
weeks: 6
days: [monday, thursday]
sessions: [{script: [a, b, c, d, e, f], set: {x: 1}, at: "7:30", day: mon}, {script: g, day: thu}]
progress: {reps: [+1 a week], sets: +1 at week 4, deload: every 4 weeks}
start: 2026-12-07
"""
SCRAPS = st.sampled_from(
    ["[", "]", "{", "}", ": ", "- ", "\n", "  ", "~", "*a", "&a ", "0", "-1", "999", "mon", "\x00",
     "week", "every 0 weeks", "+0 a week", "{x}", "\ud800", "script", "'", '"']
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), SCRAPS), min_size=1, max_size=4))
def test_whatever_is_written_is_a_programme_or_has_faults(edits: list[tuple[int, str]]) -> None:
    text = WHOLE
    for place, scrap in edits:
        text = text[:place] + scrap + text[place + 1 :]
    found = programme.read(text.encode(errors="surrogatepass"), "p.yaml")
    assert (found.programme is None) == bool(found.faults)
    assert all(fault.line > 0 for fault in found.faults)
    if found.programme is not None:
        slots = programme.lay_out(found.programme)
        assert len({slot.name for slot in slots}) == len(slots) > 0


def test_faults_of_scripts_and_of_their_values(call: Call, write: Write, legs: str) -> None:
    write("broken.yaml", "voiceguide: 1\ntitle: B\nsteps:\n  - {exercise: squat, reps: many}\n")
    text = f"""\
    programme: 1
    title: T
    weeks: 2
    days: [monday, wednesday, friday]
    sessions:
      - {{script: [{legs}, leg.yaml], day: monday, set: {{run: soon, rnu: 3s}}}}
      - {{script: upper-glutes-flor, day: wednesday}}
      - {{script: broken.yaml, day: friday}}
    """
    called = call("program", write("p.yaml", text), "-o", "there")
    assert called.code == 65
    told = dict(PLACE.findall(called.err))
    assert list(told) == ["p.yaml:6:26", "p.yaml:6:61", "p.yaml:6:72", "p.yaml:7:14",
                          "broken.yaml:4:29"]  # fmt: skip
    assert "there is no file `leg.yaml`" in told["p.yaml:6:26"]
    assert "expected a duration" in told["p.yaml:6:61"]
    assert "no such variable" in told["p.yaml:6:72"]
    assert "did you mean `upper-glutes-floor`?" in called.err
    assert called.err.endswith("nothing was written.\n")


def test_what_progress_breaks_is_told_with_its_week(call: Call, write: Write) -> None:
    write(
        "slot.yaml",
        """\
        voiceguide: 1
        title: Slots
        steps:
          - every: 40s
            steps:
              - {exercise: squat, reps: 12}
        """,
    )
    text = """\
    programme: 1
    title: T
    weeks: 4
    days: [monday]
    sessions: [slot.yaml]
    progress: {reps: +1 a week}
    """
    called = call("check", write("p.yaml", text))
    assert called.code == 65
    assert PLACE.findall(called.err) == [
        ("slot.yaml:4:12", (
            "steps[0].every: the steps of this slot last 42 s, longer than the slot's 40 s "
            "(in week 3)")),
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["render", "play"])
def test_a_programme_is_told_from_a_script(call: Call, programme: str, command: str) -> None:
    called = call(command, programme)
    assert called.code == 65
    assert "this is a programme, not a script" in called.err
    assert f"`voiceguide program {programme}`" in called.err


def test_a_script_is_told_from_a_programme(call: Call, legs: str) -> None:
    called = call("program", legs, "--plan")
    assert called.code == 65
    assert PLACE.findall(called.err) == [(f"{legs}:6:1", "this is a script, not a programme")]
    assert f"`voiceguide render {legs}`" in called.err


def test_options_for_one_session_are_refused(call: Call, programme: str) -> None:
    assert call("plan", programme, "--fit", "5m").code == 2
    assert call("check", programme, "--set", "run=3s").code == 2
    assert call("program", programme, "--start", "tomorrow").code == 2
    for year in ("9999-12-31", "0226-12-07"):
        called = call("program", programme, "--plan", "--start", year)
        assert (called.code, called.out) == (2, "")
        assert f"expected a year from 2000 to 2999 (got `{year}`)" in called.err
    assert call("program", programme, "--week", "4", "--engine", "silent").code == 2
    assert call("program", "upper-glutes-6-week", "--plan").code == 2
