"""Every refusal, with its message and its place; what is sound beside it stands."""

from __future__ import annotations

import pytest

from voiceguide.model.errors import Fault
from voiceguide.model.routine import Amrap, Repeat, Rest
from voiceguide.script import place, read

HEAD = "voiceguide: 1\ntitle: T\nsteps:\n"


def told(text: str | bytes) -> list[str]:
    return [f"{f.line}:{f.column} {f.message}" for f in read(text, "x").faults]


def step(body: str) -> list[str]:
    """What is told of a script whose only step is in braces on line 4, from column 3."""
    return told(f"{HEAD}- {body}\n")


def exercise(keys: str) -> list[str]:
    """As `step`, for keys that begin in column 17."""
    return step(f"{{exercise: x, {keys}}}")


SIDES = "`none`, `left-right`, `right-left`, `each`, `left`, `right`, `alternate`"
KINDS = "`exercise`, `rest`, `say`, `sound`, `block`, `repeat`, `every`, `wait`, `amrap`, `include`"
DURATION = "expected a duration such as 45s, 1m30s or 1:30"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("abc", f"{DURATION} (got `abc`)"),
        ("-3s", f"{DURATION} (got `-3s`)"),
        ("0x1E", f"{DURATION} (got `0x1E`)"),
        ("1e3", f"{DURATION} (got `1e3`)"),
        ("1_000", f"{DURATION} (got `1_000`)"),
        (".inf", f"{DURATION} (got `.inf`)"),
        (".nan", f"{DURATION} (got `.nan`)"),
        ("500ms", f"{DURATION} (got `500ms`)"),
        ("30 s rest", f"{DURATION} (got `30 s rest`)"),
        ("1:75", "expected fields after a colon below 60 (got `1:75`)"),
        ("1:60:00", "expected fields after a colon below 60 (got `1:60:00`)"),
        ("0", "expected a duration above zero (got `0`)"),
        ("0.0001s", "expected a duration above zero (got `0.0001s`)"),
        ("12h0.001s", "expected at most 12h (got `12h0.001s`)"),
        ("9" * 50, f"expected at most 12h (got `{'9' * 37}...`)"),
        ("9" * 5000, f"{DURATION} (got `{'9' * 37}...`)"),
        ("{a: b}", f"{DURATION} (got keys and values)"),
    ],
)
def test_durations_that_are_none(written: str, message: str) -> None:
    assert exercise(f"duration: {written}") == [f"4:27 {message}"]


@pytest.mark.parametrize(
    ("keys", "faults"),
    [
        ("reps: 0", ["4:23 expected a whole number from 1 to 1,000 (got `0`)"]),
        ("reps: 1001", ["4:23 expected a whole number from 1 to 1,000 (got `1001`)"]),
        ("reps: 0x1E", ["4:23 expected a number of reps such as 8 or 10-20 (got `0x1E`)"]),
        ("reps: 8.0", ["4:23 expected a number of reps such as 8 or 10-20 (got `8.0`)"]),
        ("reps: 3x10", ["4:23 expected a number of reps such as 8 or 10-20 (got `3x10`)"]),
        ("reps: 20-10",
         ["4:23 expected a range from low to high, from 1 to 1,000 (got `20-10`)"]),
        ("reps: {round}",
         ["4:23 expected a number of reps such as 8 or 10-20 (got keys in braces)"]),
        ('reps: "{side}"', ["4:23 `{side}` is not a number here"]),
        ("say: {round}", ["4:22 expected text (got keys in braces)"]),
        ("say: {text}", ["4:23 nothing is written after `text:`"]),
        ("cues: [{at: half, say: {side}}]", ["4:40 expected text (got keys in braces)"]),
        ("reps: []", ["4:23 this list is empty"]),
        ("reps: [1, x]",
         ["4:27 expected a number of reps such as 8 or 10-20 (got `x`)"]),
        ("sets: 0", ["4:23 expected a whole number from 1 to 1,000 (got `0`)"]),
        ("sets: [1]", ["4:23 expected a whole number from 1 to 1,000 (got a list)"]),
        ("tempo: 0-0-0-0",
         ["4:24 expected a rep longer than 0 and at most 12 h (got `0-0-0-0`)"]),
        ("tempo: 2-1-1",
         ["4:24 expected a tempo of four numbers such as 2-1-1-0 (got `2-1-1`)"]),
        ("tempo: 3110",
         ["4:24 expected a tempo of four numbers such as 2-1-1-0 (got `3110`)"]),
        ("pace: onw", [f"4:23 {DURATION} (got `onw`)"]),
        ("sides: both",
         [f"4:24 expected one of {SIDES} (got `both`)"]),
        ("level: 4", ["4:24 expected a level from 1 to 3, or its name (got `4`)"]),
        ('level: "{side}"', ["4:24 `{side}` is not a number here"]),
        ('level: "{set}"', ["4:24 `{set}` is not a level: all sets of an exercise have the same"]),
        ("level: 1.5", ["4:24 expected a level from 1 to 3, or its name (got `1.5`)"]),
        ("rest_range: [3s]", ["4:29 expected two durations such as [8s, 20s] (got 1)"]),
        ("rest_range: [3s, 1s]", ["4:29 expected the shorter end first"]),
        ("cues: {at: half}", ["4:23 expected a list (got keys and values)"]),
        ("cues: [{at: x, say: a}]",
         ["4:29 expected a moment such as 20s, half or -10s (got `x`)"]),
        ("cues: [{at: half, sya: a}]", ["4:35 unknown key `sya`"]),
        ("cues: [{at: half}, {say: a}]",
         ["4:24 `say` or `sound` is missing", "4:36 `at` is missing"]),
        ("cues: [{at: half, sound: ''}]", ["4:42 the text is empty"]),
        ("say: ~", ["4:17 nothing is written after `say:`"]),
        ("say: ''", ["4:22 the text is empty"]),
        ("say: ' '", ["4:22 the text is empty"]),
        ('say: "a\\x07"', ["4:22 the control character U+0007 cannot be in a text"]),
        ('say: "a\\L"', ["4:22 the control character U+2028 cannot be in a text"]),
        ("say: [a]", ["4:22 expected text (got a list)"]),
        ('say: "{foo} {side} {sde}"',
         ["4:23 there is no placeholder `{foo}`", "4:36 there is no placeholder `{sde}`"]),
        ("optional: yes", ["4:27 expected true or false (got `yes`)"]),
        ("with: {a: b}", ["4:17 `with` has no meaning beside `exercise`"]),
        ("dration: 1", ["4:17 unknown key `dration`"]),
        ("dration: 1, reps: 0, foo: 1",
         ["4:17 unknown key `dration`", "4:35 expected a whole number from 1 to 1,000 (got `0`)",
          "4:38 unknown key `foo`"]),
        ("within: 3s", ["4:17 `within` has no meaning beside `exercise`"]),
    ],
)  # fmt: skip
def test_keys_of_an_exercise(keys: str, faults: list[str]) -> None:
    assert exercise(keys) == faults


@pytest.mark.parametrize(
    ("keys", "faults"),
    [
        ("reps: 3, duration: 1s",
         ["4:26 `duration` beside `reps`: an exercise has one amount"]),
        ("duration: 1s, hold: 1s",
         ["4:31 `hold` beside `duration`: an exercise has one amount"]),
        ("reps: 3, pace: 2s, tempo: 1-1-1-1",
         ["4:36 `pace` and `tempo` say the same thing: how long a rep lasts"]),
        ("hold: 3s, pace: 2s", ["4:27 `pace` and `hold` both time the reps"]),
        ("duration: 3s, pace: own",
         ["4:31 `pace: own` leaves the length to the listener, and `duration` fixes it"]),
        ("distance: 1 km, pace: own", ["4:33 `pace: own` needs `estimate` or `reps`"]),
        ("distance: 1 km", ["4:17 a distance needs `duration`, or `pace: own`"]),
        ("reps: 3, distance: 1 km", ["4:26 a distance needs `duration`, or `pace: own`"]),
        ("reps: 3, release: 1s", ["4:26 `release` lies between holds, and there is no `hold`"]),
        ("duration: 3s, unit: steps", ["4:31 `unit` names the reps, and there are no `reps`"]),
        ("reps: [1, 2], sets: 3", ["4:23 `sets` says 3 sets, `reps` has 2 values"]),
        ("reps: [1, 2], target: [a]", ["4:39 `reps` says 2 sets, `target` has 1 value"]),
        ("reps: [1, 2, 3], rest: [1s]", ["4:40 `reps` says 3 sets, `rest` has 1 value"]),
        ("sets: 2, rest: [1s, 1s, 1s]", ["4:32 `sets` says 2 sets, `rest` has 3 values"]),
    ],
)  # fmt: skip
def test_keys_that_contradict_each_other(keys: str, faults: list[str]) -> None:
    assert exercise(keys) == faults


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("plank", ["4:3 a step is a key and a value (got `plank`)"]),
        ("30s rest", ["4:3 a step is a key and a value (got `30s rest`)"]),
        ("", ["4:2 nothing is written after the dash"]),
        ("- a", ["4:3 expected a step (got a list)"]),
        ("{duration: 3s}",
         [f"4:3 a step needs one of {KINDS}"]),
        ("{}", [f"4:3 a step needs one of {KINDS}"]),
        ("{prepare: 3s}", ["4:3 `prepare` is no step of its own"]),
        ("{exercices: x, reps: 0}",
         ["4:4 unknown key `exercices`",
          "4:24 expected a whole number from 1 to 1,000 (got `0`)"]),
        ("{exercise: x, repeat: 3}",
         ["4:17 a step has one kind key (here are `exercise` and `repeat`)"]),
        ("{amrap: 5m, steps: [{rst: 1s}]}", ["4:24 unknown key `rst`"]),
        ("{amrap: 13h, steps: [{rst: 1s}]}",
         ["4:11 expected at most 12h (got `13h`)", "4:25 unknown key `rst`"]),
        ("{amrap: 5m, prepare: x, steps: [{rest: 1s, say: a}]}",
         [f"4:24 {DURATION} (got `x`)",
          "4:46 `say` has no place in an `amrap`: its steps are told, not timed"]),
        ("{amrap: 5m, steps: [{exercise: x, distance: 1 km, cues: [{at: half, say: a}]}]}",
         ["4:53 `cues` has no place in an `amrap`: its steps are told, not timed"]),
        ("{amrap: 5m, steps: [{say: a}, {sound: a}, {wait: a}, {amrap: 1m, steps: [{rest: 1}]}]}",
         ["4:24 `say` has no place in an `amrap`", "4:34 `sound` has no place in an `amrap`",
          "4:46 `wait` has no place in an `amrap`", "4:57 `amrap` has no place in an `amrap`"]),
        ("{amrap: 5m, steps: [{repeat: 2, steps: [{exercise: x, reps: 0}]}]}",
         ["4:24 `repeat` has no place in an `amrap`",
          "4:63 expected a whole number from 1 to 1,000 (got `0`)"]),
        ("{amrap: 5m, steps: [{block: B, steps: [{every: 1m, steps: [{rest: 1s}]}]}]}",
         ["4:24 `block` has no place in an `amrap`", "4:43 `every` has no place in an `amrap`"]),
        ("{amrap: 5m, steps: [{include: a.yaml}]}", ["4:24 `include` has no place in an `amrap`"]),
        ("{amrap: 5m}", ["4:3 `steps` is missing"]),
        ("{amrap: 5m, defaults: {sets: 2}, steps: [{rest: 1s}]}",
         ["4:15 `defaults` has no meaning beside `amrap`"]),
        ("{include: a.yaml, with: {a: b}}", ["4:13 there is no file `a.yaml` beside x"]),
        ("{rest: [1s]}", [f"4:10 {DURATION} (got a list)"]),
        ("{rest: 1s, tempo: 1-1-1-1}", ["4:14 `tempo` has no meaning beside `rest`"]),
        ("{block: B}", ["4:3 `steps` is missing"]),
        ("{block: B, steps: []}", ["4:21 there are no steps in this list"]),
        ("{block: B, steps: {rest: 1s}}",
         ["4:21 expected a list of steps (got keys and values)"]),
        ("{block: B, say: x, steps: [{rest: 1s}]}",
         ["4:14 `say` has no meaning beside `block`"]),
        ("{block: B, defaults: {pace: 1s, tempo: 1-1-1-1}, steps: [{rest: 1s}]}",
         ["4:35 `pace` and `tempo` say the same thing: how long a rep lasts"]),
        ("{block: B, coach: {countdown: 11, talk: Full, foo: 1}, steps: [{rest: x}]}",
         ["4:33 expected a whole number from 0 to 10 (got `11`)",
          "4:43 expected one of `full`, `short`, `names`, `beeps` (got `Full`)",
          "4:49 unknown key `foo`", f"4:73 {DURATION} (got `x`)"]),
        ("{repeat: 0, steps: [{rest: 1s}]}",
         ["4:12 expected a whole number from 1 to 20,000 (got `0`)"]),
        ("{every: 0, steps: [{rest: 1s}]}", ["4:11 expected a duration above zero (got `0`)"]),
        ("{rest: 1s, rest: 2s}", ["4:14 `rest` is written twice, first on line 4"]),
        ("{<<: {a: b}, rest: 2s}", ["4:4 merge keys (`<<`) are not read"]),
        ("{say: *a}", ["4:9 `*a` refers to nothing: there is no `&a` before it"]),
        ("{say: !!str a}", ["4:9 tags such as `tag:yaml.org,2002:str` are not read"]),
        ("{? [a] : b, rest: 1s}", ["4:6 a key must be text"]),
    ],
)  # fmt: skip
def test_steps(body: str, faults: list[str]) -> None:
    assert step(body) == faults


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        ("title: T", ["1:1 `voiceguide` is missing"]),
        ("voiceguide: 1", ["1:1 `title` is missing"]),
        ("voiceguide: 2\ntitle: T", ["1:13 expected format 1, the only one there is (got `2`)"]),
        ('voiceguide: "1"\ntitle: T', []),
        ("voiceguide: 1\ntitle: T\nmusic: {files: a.mp3, rest: b.mp3}",
         ["3:8 `files` is heard all the time, `work` and `rest` in turn"]),
        ("voiceguide: 1\ntitle: T\nmusic: {click: 20, under_voice_db: 41, duck_db: -1, fils: a}",
         ["3:16 expected a whole number from 30 to 300 (got `20`)",
          "3:36 expected a whole number from 0 to 40 (got `41`)",
          "3:49 expected a whole number from 0 to 30 (got `-1`)",
          "3:53 unknown key `fils`"]),
        ("voiceguide: 1\ntitle: T\nmusic: []",
         ["3:8 expected the name of a file, or a list of them; this list is empty"]),
        ("voiceguide: 1\ntitle: T\nmusic: [a.mp3, ~]",
         ["3:16 nothing is written here; expected text"]),
        ("voiceguide: 1\ntitle: T\nlanguage: sv",
         ["3:11 there is no phrase book for `sv` yet"]),
        ("voiceguide: 1\ntitle: T\nlanguage: no",
         ["3:11 there is no phrase book for `no` yet"]),
        ("voiceguide: 1\ntitle: T\nlanguage: en_US",
         ["3:11 expected a BCP 47 tag such as en or en-GB (got `en_US`)"]),
        ("voiceguide: 1\ntitle: T\nvoice3: {}", ["3:1 unknown key `voice3`"]),
        ("voiceguide: 1\ntitle: T\nvoice: espeak",
         ["3:8 expected keys and values (got `espeak`)"]),
        ("voiceguide: 1\ntitle: T\nvoice: {rate: 5, pronounce: {a: ''}}",
         ["3:15 expected a whole number from 80 to 400 (got `5`)", "3:33 the text is empty"]),
        ("voiceguide: 1\ntitle: T\ncoach: {wake: 3s, count_reps: 3, remaining: 10s}",
         ["3:15 expected at most 2s (got `3s`)",
          "3:31 expected `all`, `none` or `last-3` (got `3`)",
          "3:45 expected a list (got `10s`)"]),
        ('voiceguide: 1\ntitle: T\ncoach: {tips: "true"}',
         ["3:15 expected true or false (got `true`)"]),
        ("voiceguide: 1\ntitle: ''\nlevel: 0",
         ["2:8 the text is empty", "3:8 expected a level from 1 to 3, or its name (got `0`)"]),
    ],
)  # fmt: skip
def test_the_header(header: str, faults: list[str]) -> None:
    assert told(f"{header}\nsteps: [{{rest: 1s}}]\n") == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["1:1 nothing is written here"]),
        ("# a comment\n", ["1:1 nothing is written here"]),
        ("- rest: 1s\n", ["1:1 expected keys such as `title:` (got a list)"]),
        ("hello\n", ["1:1 expected keys such as `title:` (got `hello`)"]),
        ("voiceguide: 1\ntitle: T\n", ["1:1 `steps` is missing"]),
        ("voiceguide: 1\ntitle: T\nsteps:\n", ["3:1 nothing is written after `steps:`"]),
        (f"{HEAD}- rest: 1s\n---\na: b\n", ["5:1 a second document begins here"]),
        (b"voiceguide: 1\ntitle: caf\xe9\nsteps: [{rest: 1s}]\n",
         ["2:11 the byte 0xE9 is not UTF-8"]),
        ("voiceguide: 1\ntitle: T".encode("utf-16"), ["1:1 UTF-16 is not UTF-8"]),
        (f"{HEAD}- say: a\0b\n", ["4:9 the control character U+0000 cannot be in a script"]),
        (f"{HEAD}- say: a\x7fb\n", ["4:9 the control character U+007F cannot be in a script"]),
        (f"{HEAD}- say: a\x85b\n", ["4:9 the control character U+0085 cannot be in a script"]),
        (f"{HEAD}- say: a\ud800b\n", ["4:9 the control character U+D800 cannot be in a script"]),
        (f"{HEAD}- {'[' * 40}", ["4:31 this is nested deeper than 30 levels"]),
        ("a: &a [*a]\n", ["1:8 `*a` refers to itself"]),
        (b" " * ((1 << 20) + 1), ["0:0 a script has at most 1 MiB (this has 1.0 MiB)"]),
    ],
)  # fmt: skip
def test_whole_texts(text: str | bytes, faults: list[str]) -> None:
    assert told(text) == faults


def test_a_script_out_of_windows_powershell_is_told_where_utf_16_comes_from() -> None:
    (fault,) = read("voiceguide: 1\r\n".encode("utf-16"), "x").faults
    assert "Windows PowerShell" in fault.hint
    (other,) = read(b"voiceguide: 1\ntitle: caf\xe9\nsteps: [{rest: 1s}]\n", "x").faults
    assert other.hint == "save the script as UTF-8"


def test_a_faulty_step_is_left_out_and_the_rest_stands() -> None:
    script = read(f"{HEAD}- rest: x\n- {{block: B, steps: [{{rest: 1s}}, {{rst: 1s}}]}}\n", "x")
    assert script.routine is not None
    (block,) = script.routine.steps
    assert block.path == "steps[1]"
    assert [s.path for s in block.steps] == ["steps[1].steps[0]"]  # type: ignore[union-attr]


def test_the_steps_of_a_faulty_block_stand_as_one_round() -> None:
    script = read(f"{HEAD}- {{every: x, steps: [{{rest: 1s}}]}}\n", "x")
    assert script.routine is not None
    assert script.routine.steps == (Repeat(repeat=1, steps=(Rest(rest=1000),)),)


def test_a_faulty_amrap_stands_with_what_is_sound_in_it() -> None:
    script = read(f"{HEAD}- {{amrap: x, steps: [{{rest: 1s}}, {{say: a}}]}}\n", "x")
    assert script.routine is not None
    assert script.routine.steps == (Amrap(amrap=1, steps=(Rest(rest=1000),)),)


def test_sound_parts_of_a_faulty_header_stand() -> None:
    text = "title: T\ncoach: {talk: beeps, countdown: 99}\nfoo: 1\nsteps: [{rest: 1s}]\n"
    routine = read(text, "x").routine
    assert routine is not None
    assert (routine.title, routine.coach.talk, routine.coach.countdown) == ("T", "beeps", None)


def test_place_finds_the_line_of_a_path_or_of_the_nearest_key_around_it() -> None:
    script = read(f"{HEAD}- exercise: foo\n  reps: 3\n", "run.yaml")
    fault = place(Fault("unknown exercise", path="steps[0].exercise"), script)
    assert (fault.origin, fault.line, fault.column) == ("run.yaml", 4, 13)
    assert fault.source == "- exercise: foo"
    around = place(Fault("needs a rest", path="steps[0].rest"), script)
    assert (around.line, around.column) == (4, 3)
    whole = place(Fault("too long"), script)
    assert (whole.origin, whole.line, whole.source) == ("run.yaml", 0, "")


def test_more_faults_than_can_be_told_end_with_a_line_that_says_so() -> None:
    faults = read(HEAD + "- rest: x\n" * 2_000, "x").faults
    assert len(faults) == 501
    assert faults[-1].message == "there are more faults than can be told"


@pytest.mark.parametrize(
    ("steps", "hint"),
    [
        ("[{exercise: plank, time: 30}]", "did you mean `duration`?"),
        ("[{exercise: plank, duration: 1/2 min}]", "write `30s`"),
        ("[{exercise: squat, reps: ten}]", "write it in figures, such as `reps: 8`"),
        ("[{exercise: squat, reps: 4, level: 5}]", "write 1 for the easiest, 3 for the hardest"),
        ("[{walk: 2 minutes}]", "write `- {exercise: walk, duration: 2 minutes}`"),
        ("[{squats: 10}]", "write `- {exercise: squats, reps: 10}`"),
        ("[{break: 10s}]", "did you mean `rest`?"),
        (
            "[{exercise: squat, reps: 4, sides: links-rechts}]",
            "write one of these words; they are the same in every language",
        ),
    ],
)
def test_other_words_have_a_cure(steps: str, hint: str) -> None:
    (fault,) = read(f"voiceguide: 1\ntitle: T\nsteps: {steps}\n", "x").faults
    assert fault.hint == hint


@pytest.mark.parametrize(("key", "meant"), [("length: 5m", "fit"), ("name: Legs", "title")])
def test_other_words_of_the_header_have_a_cure(key: str, meant: str) -> None:
    faults = read(f"voiceguide: 1\ntitle: T\n{key}\nsteps: [{{say: Go}}]\n", "x").faults
    assert [fault.hint for fault in faults] == [f"did you mean `{meant}`?"]
