"""Included scripts: whose steps they are, what holds for them, and where their faults lie."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest

from voiceguide.model.errors import Fault, FileError
from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Defaults, Exercise, Include, Rest, Say, Sound, Variable
from voiceguide.script import Script, in_order, place, read

DURATION = "expected a duration such as 45s, 1m30s or 1:30"
HEAD = "voiceguide: 1\ntitle: T\n"


class Shelf:
    """Files by name, each from the folder of the first script; others are looked for beside it."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def script(self, name: str, beside: str) -> tuple[str, bytes]:
        name = self.name(name, beside)
        if name not in self.files:
            raise FileError(f"there is no file `{name}`", "look again")
        return name, (HEAD + self.files[name]).encode()

    def name(self, name: str, beside: str) -> str:
        near = str(PurePosixPath(beside).parent / name)
        return near if near in self.files else name


def script_of(text: str, **files: str) -> Script:
    """A script beside `a.yaml`, `b.yaml` and so on, all with a head of two lines."""
    return read(HEAD + text, "first.yaml", files=Shelf({f"{n}.yaml": t for n, t in files.items()}))


def told(script: Script) -> list[str]:
    return [f"{f.origin}:{f.line}:{f.column} {f.message}" for f in script.faults]


def included(text: str, **files: str) -> Include:
    """The only step of a script: an `include`."""
    script = script_of(text, **files)
    assert script.faults == ()
    assert script.routine is not None
    (step,) = script.routine.steps
    assert isinstance(step, Include)
    return step


def test_the_steps_of_the_other_script_stand_there() -> None:
    step = included(
        "steps: [{include: a.yaml, optional: true}]",
        a="defaults: {rest: 3s}\nsteps: [{rest: 1s}, {rest: 2s}]",
    )
    assert step == Include(
        include="a.yaml",
        optional=True,
        defaults=Defaults(rest=3_000),
        steps=(Rest(rest=1_000), Rest(rest=2_000)),
    )
    assert (step.line, step.path, step.origin) == (3, "steps[0]", "a.yaml")
    assert [s.path for s in step.steps] == [
        "steps[0].include>steps[0]", "steps[0].include>steps[1]",
    ]  # fmt: skip


def test_its_steps_see_its_own_variables_and_what_with_gives() -> None:
    step = included(
        "variables: {who: Anna, n: 9}\n"
        "steps: [{include: a.yaml, with: {name: '{who}!', n: '{round}', more: 'x{n}'}}]",
        a="variables: {n: 3, time: 20s}\n"
        "steps: [{exercise: '{name}', duration: '{time}', sets: '{n}'}, {say: 'So {more} {n}'}]",
    )
    exercise = Exercise(exercise="Anna!", duration=20_000, sets=Variable("round"))
    assert step.steps == (exercise, Say(say=Phrase("So x9 {round}")))
    assert step.with_ == (("name", "Anna!"), ("n", "{round}"), ("more", "x9"))


def test_the_variables_of_the_includer_are_not_its_own() -> None:
    script = script_of(
        "variables: {who: Anna}\nsteps: [{say: 'Hi {who}'}, {include: a.yaml}]",
        a="steps: [{say: 'Hi {who}'}]",
    )
    assert told(script) == ["a.yaml:3:19 there is no placeholder `{who}`"]


def test_one_file_may_come_often_with_other_values() -> None:
    script = script_of(
        "steps: [{include: a.yaml, with: {v: 1s}}, {include: a.yaml, with: {v: 2s}}]",
        a="steps: [{rest: '{v}'}]",
    )
    assert script.routine is not None
    rests = [step.steps[0] for step in script.routine.steps if isinstance(step, Include)]
    assert rests == [Rest(rest=1_000), Rest(rest=2_000)]


def test_files_that_it_names_are_told_from_the_first_script() -> None:
    files = {
        "parts/a.yaml": "steps:\n- {sound: x.wav}\n- {sound: y.wav}\n- {include: b.yaml}\n"
        "- {say: {file: x.wav}}\n"
        "- {exercise: x, duration: 9s, cues: [{at: half, sound: y.wav, say: {file: x.wav}}]}",
        "parts/b.yaml": "steps: [{rest: 1s}]",
        "parts/x.wav": "",
        "y.wav": "",
    }  # fmt: skip
    script = read(HEAD + "steps: [{include: parts/a.yaml}]", "first.yaml", files=Shelf(files))
    assert script.routine is not None
    (step,) = script.routine.steps
    assert isinstance(step, Include)
    x, y, inner, say, exercise = step.steps
    assert (x, y) == (Sound(sound="parts/x.wav"), Sound(sound="y.wav"))
    assert isinstance(inner, Include)
    assert inner.origin == "parts/b.yaml"
    assert isinstance(say, Say)
    assert say.say.file == "parts/x.wav"
    assert isinstance(exercise, Exercise)
    (cue,) = exercise.cues
    assert cue.sound == "y.wav"
    assert cue.say is not None
    assert cue.say.file == "parts/x.wav"


def test_other_header_keys_of_an_included_file_are_not_read() -> None:
    header = "language: xx\nmusic: {files: [a]}\ncoach: {talk: loud}\nfit: never\n"
    assert included("steps: [{include: a.yaml}]", a=header + "steps: [{rest: 1s}]").steps


@pytest.mark.parametrize(
    ("text", "files", "faults"),
    [
        ("steps: [{include: a.yaml}]", {},
         ["first.yaml:3:19 there is no file `a.yaml`"]),
        ("steps: [{include: [a.yaml]}]", {}, ["first.yaml:3:19 expected text (got a list)"]),
        ("steps: [{include: }]", {}, ["first.yaml:3:10 nothing is written after `include:`"]),
        ("steps: [{include: a.yaml, steps: [{rest: 1s}]}]", {},
         ["first.yaml:3:27 unknown key `steps`"]),
        ("steps: [{exercise: x, reps: 1, with: {a: b}}]", {},
         ["first.yaml:3:32 `with` has no meaning beside `exercise`"]),
        ("steps: [{include: a.yaml, with: [b], optional: no}]", {},
         ["first.yaml:3:33 expected keys and values (got a list)",
          "first.yaml:3:48 expected true or false (got `no`)"]),
        ("steps: [{include: a.yaml, with: {1b: 2, c: , d: '{foo}', e: [f]}}]", {},
         ["first.yaml:3:34 `1b` cannot be the name of a variable",
          "first.yaml:3:41 nothing is written after `c:`",
          "first.yaml:3:50 there is no placeholder `{foo}`",
          "first.yaml:3:61 expected text (got a list)"]),
        ("steps: [{include: a.yaml, with: {n: 40s, t: x, b: 1}}]",
         {"a": "variables: {n: 3, t: 40s, b: true}\nsteps: [{say: '{n} {t} {b}'}]"},
         ["first.yaml:3:37 expected a whole number, like the default `3` (got `40s`)",
          "first.yaml:3:45 expected a duration, like the default `40s` (got `x`)",
          "first.yaml:3:51 expected true or false, like the default `true` (got `1`)"]),
        ("steps: [{include: a.yaml, with: {v: x}}]", {"a": "steps: [{rest: '{v}'}]"},
         [f"a.yaml:3:16 {DURATION} (got `x`) (`{{v}}` is `x`, from `with`, first.yaml:3)"]),
        ("steps: [{rest: x}, {include: a.yaml}, {include: a.yaml}, {rest: y}]",
         {"a": "title: T\nstps: []\nsteps: [{rest: z}]\n"},
         [f"first.yaml:3:16 {DURATION} (got `x`)", f"first.yaml:3:65 {DURATION} (got `y`)",
          "a.yaml:3:1 `title` is written twice, first on line 2",
          "a.yaml:4:1 unknown key `stps`",
          f"a.yaml:5:16 {DURATION} (got `z`)"]),
        ("steps: [{include: a.yaml}]", {"a": ""}, ["a.yaml:1:1 `steps` is missing"]),
        ("steps: [{include: a.yaml}]", {"a": "steps: [x"},
         ["a.yaml:3:8 the `[` that opens here is not closed"]),
        ("steps: [{include: a.yaml}]",
         {"a": "defaults: {pace: 1s, tempo: 1-1-1-1}\nsteps: [{rest: 1}]"},
         ["a.yaml:3:22 `pace` and `tempo` say the same thing: how long a rep lasts"]),
        ("steps: [{include: a.yaml}]", {"a": "steps: [{include: b.yaml}]"},
         ["a.yaml:3:19 there is no file `b.yaml`"]),
        ("steps: [{include: first.yaml}]", {"first": "steps: [{rest: 1s}]"},
         ["first.yaml:3:19 files include each other in a circle: first.yaml -> first.yaml"]),
        ("steps: [{include: a.yaml}]",
         {"a": "steps: [{include: b.yaml}]", "b": "steps: [{rest: 1s}, {include: a.yaml}]"},
         ["b.yaml:3:31 files include each other in a circle: a.yaml -> b.yaml -> a.yaml"]),
    ],
)  # fmt: skip
def test_faults(text: str, files: dict[str, str], faults: list[str]) -> None:
    assert told(script_of(text, **files)) == faults


def test_a_fault_of_an_included_file_shows_its_own_line_and_path() -> None:
    (fault,) = script_of(
        "steps: [{block: B, steps: [{include: a.yaml}]}]", a="steps:\n- rest: x"
    ).faults
    assert (fault.path, fault.source) == ("steps[0].rest", "- rest: x")


def test_own_pace_around_an_include_holds_inside() -> None:
    script = script_of(
        "defaults: {pace: own}\nsteps: [{include: a.yaml}]",
        a="steps: [{exercise: x, distance: 1 km, estimate: 5m}]",
    )
    assert script.faults == ()


def test_a_fault_that_is_found_later_has_its_place_in_the_included_file() -> None:
    script = script_of(
        "steps: [{rest: 1s}, {include: a.yaml, with: {v: 1s}}]",
        a="steps:\n- {rest: 2s}\n- {include: b.yaml, with: {v: '{v}'}}",
        b="steps:\n- rest: '{v}'",
    )
    assert script.routine is not None
    outer = script.routine.steps[1]
    assert isinstance(outer, Include)
    inner = outer.steps[1]
    assert isinstance(inner, Include)
    path = f"{inner.steps[0].path}.rest"
    fault = place(Fault("too short", path=path), script)
    assert (fault.origin, fault.line, fault.column) == ("b.yaml", 4, 9)
    assert (fault.path, fault.source) == ("steps[0].rest", "- rest: '{v}'")
    assert fault.message == "too short (`{v}` is `1s`, from `with`, a.yaml:5)"
    first = place(Fault("too long", path="steps[0].rest"), script)
    assert in_order([fault, first, fault], script) == (first, fault)


def test_names_that_nothing_uses_are_warnings() -> None:
    script = script_of(
        "steps: [{include: a.yaml, with: {wrok: 1s}}, {include: a.yaml}]",
        a="variables: {work: 1s, spare: 2}\nsteps: [{rest: '{work}'}]",
    )
    assert [f"{f.origin}:{f.line}:{f.column} {f.message}" for f in script.warnings] == [
        "first.yaml:3:34 nothing in a.yaml uses `{wrok}`",
        "a.yaml:3:23 nothing uses `{spare}`",
    ]
    assert script.warnings[0].hint == "did you mean `work`?"


def chained(n_levels: int, n_times: int = 1) -> dict[str, str]:
    """Files of which each includes the next one, so many times."""
    files = {
        f"f{n}": f"steps: [{', '.join([f'{{include: f{n + 1}.yaml}}'] * n_times)}]"
        for n in range(n_levels)
    }
    return {**files, f"f{n_levels}": "steps: [{rest: 1s}]"}


HOSTILE = {
    "doubling": (chained(8, 2), "a script includes at most 200 files in all"),
    "wide": (chained(1, 30_000), "a script includes at most 200 files in all"),
    "deep": (chained(20), "with this file, steps are nested deeper than 30 levels"),
    "many values": (
        {"f0": f"steps: [{', '.join(['{include: f1.yaml}'] * 190)}]",
         "f1": "steps: [" + "{rest: 1s}, " * 20_000 + "{rest: 1s}]"},
        "a script has at most 150,000 values, with all that it includes",
    ),
    "many bytes": (
        {f"f{n}": f"description: {'x' * 400_000}\nsteps: [{{include: f{n + 1}.yaml}}]"
         for n in range(4)},
        "a script has at most 1 MiB, with all that it includes",
    ),
    "growing values": (
        {f"f{n}": f"steps: [{{include: f{n + 1}.yaml, with: {{v: '{'{v}' * 99}'}}}}]"
         for n in range(9)},
        "values make this script longer than 1 MiB",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_files_without_end_are_refused_in_good_time(name: str) -> None:
    files, message = HOSTILE[name]
    began = time.process_time()
    script = script_of("steps: [{include: f0.yaml, with: {v: x}}]", **files)
    # As much as one script with the most values there may be; see tests/script/test_hostile.py.
    assert time.process_time() - began < 6
    assert message in {fault.message for fault in script.faults}
    assert len(script.faults) < 1_000
