"""What is told to be written in place of a slip means what was written."""

from __future__ import annotations

import re

import pytest

from voiceguide.script import read

HEAD = "voiceguide: 1\ntitle: T\nsteps:\n"


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("1 minute 30", "write `1m30s`"),
        ("1 min. 30 sec.", "write `1m30s`"),
        ("1 min and 30 s", "write `1m30s`"),
        ("1 Minute und 30 Sekunden", "write `1m30s`"),
        ("1' 30''", "write `1m30s`"),
        ("1m30", "write `1m30s`"),
        ("1h 30", "write `1h30m`"),
        ("5 secondes", "write `5s`"),
        ("30 Sekunden", "write `30s`"),
        ("45 sek", "write `45s`"),
        ("20 secnds", "write `20s`"),
        ("1,5 Minuten", "write `1m30s`"),
        ("30''", "write `30s`"),
        ("30 s rest", "write only the time: `30 s`"),
        ("30s each side", "write `30s`, and `sides: each` on a line of its own"),
        ("2 min 10 reps", ""),
        ("30s-45s", ""),
    ],
)
def test_no_part_of_a_duration_is_lost_in_its_cure(written: str, cure: str) -> None:
    (fault,) = read(f"{HEAD}- exercise: x\n  duration: {written}\n", "x").faults
    assert fault.hint == cure
    for time in re.findall("`([0-9]+[^`]*)`", cure):
        assert not read(f"{HEAD}- exercise: x\n  duration: {time}\n", "x").faults


@pytest.mark.parametrize(
    ("at", "cure"),
    [
        ("-1 min 30", "write `-1m30s`"),
        ("-10s left", "write only the time: `-10s`"),
        ("-1,5s", "write a decimal point: `-1.5s`"),
        ("1 min 30", "write `1m30s`"),
    ],
)
def test_a_moment_before_the_end_stays_one(at: str, cure: str) -> None:
    step = f"- {{exercise: x, duration: 3m, cues: [{{at: '{at}', say: Go}}]}}"
    (fault,) = read(f"{HEAD}{step}\n", "x").faults
    assert fault.hint == cure


@pytest.mark.parametrize(
    ("keys", "cure"),
    [
        ("reps: 10 each side", "write `reps: 10` and `sides: each`"),
        ("reps: 10 per leg", "write `reps: 10` and `sides: each`"),
        ("reps: 12 times", "write `reps: 12`"),
        ("reps: 8 reps", "write `reps: 8`"),
        ("reps: 8-12 reps", "write `reps: 8-12`"),
        ("reps: 3 sets of 10", "write `sets: 3` and `reps: 10`"),
        ("reps: 10 minutes", "write the number alone, such as `reps: 8`"),
        ("sets: 3 sets", "write only the number: `3`"),
        ("sets: 3x", "write only the number: `3`"),
        ("sets: 3000", "write `1000` or less"),
    ],
)
def test_a_number_among_words_is_the_one_that_the_cure_writes(keys: str, cure: str) -> None:
    amount = "" if keys.startswith("reps") else "  reps: 8\n"
    (fault,) = read(f"{HEAD}- exercise: x\n{amount}  {keys}\n", "x").faults
    assert fault.hint == cure


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ("- exercise clam shell", [(4, "write `- exercise: clam shell`")]),
        ("- exercise:clam shell", [(4, "write `- exercise: clam shell`")]),
        ("- say Hello there", [(4, "write `- say: Hello there`")]),
        ("- Say Hello there", [(4, "write `- say: Hello there`")]),
        ("- rest 20s", [(4, "write `- rest: 20s`")]),
        ("- repeat 3", [(4, "write `- repeat: 3`")]),
        ("- exercise:squat\n  reps:8", [(4, "write `- exercise: squat`"), (5, "write `reps: 8`")]),
        ("- exercise clam shell\n  reps: 8", [(4, "write `exercise: clam shell`")]),
        ("- Hello", [(4, "write `- exercise: Hello`, or `- say: Hello` for words to speak")]),
    ],
)
def test_a_key_without_its_colon_or_space_is_written_once(
    steps: str, told: list[tuple[int, str]]
) -> None:
    faults = read(f"{HEAD}{steps}\n", "x").faults
    assert [(fault.line, fault.hint) for fault in faults] == told


@pytest.mark.parametrize(
    ("keys", "cure"),
    [
        ("cues: half", "write `[{at: half, say: ...}]`"),
        ("cues: Keep going", 'write `[{at: half, say: "Keep going"}]`'),
        ("cues: [-10s]", "write `{at: -10s, say: ...}`"),
        ("sides: both", "write `each`"),
        ("sides: Beide", "write `each`"),
    ],
)
def test_what_a_cure_says_to_write_is_taken(keys: str, cure: str) -> None:
    text = f"{HEAD}- exercise: x\n  duration: 20s\n  {{}}\n"
    (fault,) = read(text.format(keys), "x").faults
    assert fault.hint == cure
    written = cure.removeprefix("write ").strip("`")
    key = keys.partition(":")[0]
    written = f"[{written}]" if written.startswith("{") else written
    assert not read(text.format(f"{key}: {written}"), "x").faults


@pytest.mark.parametrize(
    ("tempo", "cure"),
    [
        ("2-1", "write all four, with 0 for no pause: `2-0-1-0`"),
        ("2-1-1", "write all four, with 0 for no pause: `2-1-1-0`"),
        ("2-1-slow", ""),
    ],
)
def test_a_tempo_that_is_too_short_is_filled_up(tempo: str, cure: str) -> None:
    (fault,) = read(f"{HEAD}- exercise: x\n  reps: 8\n  tempo: {tempo}\n", "x").faults
    assert fault.hint == cure


@pytest.mark.parametrize(
    ("header", "cure"),
    [
        ("voice: en-us", "write `{name: en-us}`, or `language: en-US` for the language"),
        ("voice: The old one", "write `{name: The old one}`"),
        ("coach: {countdown: 15}", "write `10` or less"),
    ],
)
def test_values_of_the_header_have_a_cure(header: str, cure: str) -> None:
    (fault,) = read(f"voiceguide: 1\ntitle: T\n{header}\nsteps: [{{say: Go}}]\n", "x").faults
    assert fault.hint == cure


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("{work}", 'put quotes around it: `"{work}"`'),
        ('"{wrok}"', "did you mean `{work}`?"),
        ("{wrok}", 'did you mean `"{work}"`?'),
    ],
)
def test_a_variable_that_a_slip_was_meant_to_use_is_not_told_to_be_unused(
    written: str, cure: str
) -> None:
    text = f"voiceguide: 1\ntitle: T\nvariables: {{work: 20s}}\nsteps:\n- rest: {written}\n"
    script = read(text, "x")
    assert [fault.hint for fault in script.faults] == [cure]
    assert not script.warnings
