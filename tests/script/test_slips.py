"""Common slips in YAML get their cure, and what lies behind them is still checked."""

from __future__ import annotations

import pytest

from voiceguide.script import read

HEAD = "voiceguide: 1\ntitle: T\nsteps:\n"


@pytest.mark.parametrize(
    ("body", "told", "n_steps"),
    [
        ("- say: Note: go", "4:8 a text with `: ` in it needs quotes", 1),
        ("- say: a, b: c", "4:8 a text with `: ` in it needs quotes", 1),
        ("- say: @home", "4:8 a text cannot begin with @ without quotes", 1),
        ("- say: `home", "4:8 a text cannot begin with ` without quotes", 1),
        ("- say: %home", "4:8 a text cannot begin with % without quotes", 1),
        ("- say: *go*", "4:8 a text cannot begin with * without quotes", 1),
        ("- say: - go", "4:8 a text cannot begin with - without quotes", 1),
        ("- say: > go", "4:8 a text cannot begin with > without quotes", 1),
        ("- say: {round} to go", "4:8 a text cannot begin with { without quotes", 1),
        ("- say: [a] to go", "4:8 a text cannot begin with [ without quotes", 1),
        ("- {rest: 9s, say: Round {round} of {rounds}, label: x}",
         "4:19 a text with braces in it needs quotes here", 1),
        ("- {rest: 9s, say: {round} to go}",
         "4:19 a text with braces in it needs quotes here", 1),
        ("- {rest: 9s, say: Note: go, label: x}",
         "4:19 a text with `: ` in it needs quotes", 1),
        ("- {exercise: a, reps: 8, cues: [{at: half, say: Don't rest: go}]}",
         "4:49 a text with `: ` in it needs quotes", 1),
        ("- {say: @home, within: 9s}", "4:9 a text cannot begin with @ without quotes", 1),
        ("- {exercise: a reps: 8}", "4:16 a comma is missing before `reps`", 1),
        ('- say: "a" b', '4:8 something follows the closing " of this text', 1),
        ("- say: 'don't'", "4:8 something follows the closing ' of this text", 1),
        ('- say: "open', '4:8 the text that begins here has no closing "', 1),
        ('- say: "open\n- say: "b"', '4:8 the text that begins here has no closing "', 2),
        ("- rest: [1s\n- rest: 1s", "4:9 the `[` that opens here is not closed", 0),
        ("- rest: 1s\n  say:go", "5:7 a space is missing after `say:`", 1),
        ("- rest: 1s\n  say go\n- rest: 1s", "5:3 a colon is missing after `say`", 2),
        ("- exercise: x\n  reps: 8\n- exercise y\n  reps: 8",
         "6:3 a colon is missing after `exercise`", 2),
        ("-rest: 1s", "4:1 a space is missing after the dash of this step", 1),
        ("- rest: 1s\n-rest: 1s", "5:1 a space is missing after the dash of this step", 2),
        ("  -exercise: x\n    reps: 8\n  - rest: 1s",
         "4:3 a space is missing after the dash of this step", 2),
        ("  - rest: 1s\n  \u2013 rest: 1s", "5:3 a step begins with `- ` (got `\u2013`)", 2),
        ("  \u2014 exercise: x\n    reps: 8", "4:3 a step begins with `- ` (got `\u2014`)", 1),
        ("* rest: 1s", "4:1 a step begins with `- ` (got `*`)", 1),
        ("- rest: 1s\n   say: go", "5:4 this key does not line up with those above it", 1),
        ("  - rest: 1s\n  label: go", "5:3 this key does not line up with those above it", 1),
        ("  - rest: 1s\n  rest: 1s\n", "5:3 a dash is missing before this step", 2),
        ("  - rest: 1s\n - rest: 1s", "5:2 this dash does not line up with those above it", 0),
        ("\t- rest: 1s", "4:1 a tab indents this line", 0),
        ('- say: "\\q"',
         "4:9 a backslash in double quotes begins an escape, and this is none", 0),
        ("- rest: 1s\n...\nx", "6:1 this is not YAML: did not find expected <document start>", 0),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_cure(body: str, told: str, n_steps: int) -> None:
    script = read(f"{HEAD}{body}\n", "x")
    assert [f"{f.line}:{f.column} {f.message}" for f in script.faults] == [told]
    assert script.faults[0].hint
    assert len(script.routine.steps if script.routine else ()) == n_steps


def test_faults_behind_a_slip_are_told_in_the_same_go() -> None:
    script = read(f"{HEAD}- say: a: b\n- rest: x\n- say: @c\n- foo: 1\n", "x")
    assert [fault.line for fault in script.faults] == [4, 5, 6, 7]


@pytest.mark.parametrize("steps", ["steps\n- rest: 1s\n", "steps\n  - rest: 1s\n"])
def test_steps_without_a_colon_are_read_all_the_same(steps: str) -> None:
    script = read(f"voiceguide: 1\ntitle: T\n{steps}", "x")
    told = [(fault.line, fault.message, fault.hint) for fault in script.faults]
    assert told == [(3, "a colon is missing after `steps`", "write `steps:`")]
    assert script.routine is not None


def test_each_step_with_a_faulty_dash_is_told_with_its_cure() -> None:
    script = read(f"{HEAD}  -rest: 1s\n  -exercise: x\n    reps: 8\n  \u2013 rest: 1s\n", "x")
    told = [(fault.line, fault.hint) for fault in script.faults]
    assert told == [(4, "write `- rest: 1s`"), (5, "write `- exercise: x`"),
                    (7, "write `- rest: 1s`")]  # fmt: skip
