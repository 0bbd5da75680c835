"""Variables: what they stand for, where, of which type, and what is told when they do not fit."""

from __future__ import annotations

from typing import Any

import pytest

from voiceguide.model.errors import Fault, UsageError
from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Declared, Exercise, Range, Repeat, Routine, Variable
from voiceguide.script import place, read

HEAD = "voiceguide: 1\ntitle: T\n"


def routine_of(text: str, **given: str) -> Routine:
    script = read(text, "run.yaml", variables=given.items())
    assert script.faults == ()
    assert script.routine is not None
    return script.routine


def step_of(variables: str, body: str, **given: str) -> Any:
    """The only step of a script with these variables, which it has to use."""
    text = f"{HEAD}variables: {{{variables}}}\nsteps:\n- {body}\n"
    (step,) = routine_of(text, **given).steps
    return step


def told(variables: str, body: str) -> list[str]:
    """What is told of a script whose variables are on line 3, and whose step on line 5."""
    faults = read(f"{HEAD}variables: {variables}\nsteps:\n- {body}\n", "x").faults
    return [f"{f.line}:{f.column} {f.message}" for f in faults]


DURATION = "expected a duration such as 45s, 1m30s or 1:30"
TEMPO = "expected a tempo of four numbers such as 2-1-1-0"
V, W = "`{v}` is", "`{w}` is"
EXERCISE = "{exercise: x, reps: 1, %s}"


@pytest.mark.parametrize(
    ("written", "key", "value"),
    [
        ("40s", 'rest: "{v}", sets: 2', {"rest": 40_000}),
        ("3", 'sets: "{v}"', {"sets": 3}),
        ("30", 'rest: "{v}s", sets: 2', {"rest": 30_000}),
        ("30", 'rest: "1m{v}s", sets: 2', {"rest": 90_000}),
        ("12", 'reps: "{v}-20"', {"reps": Range(12, 20)}),
        ("8", 'reps: [1, "{v}"]', {"reps": (1, 8)}),
        ("X", 'tempo: "2-1-{v}-0"', {"tempo": "2-1-X-0"}),
        ("own", 'pace: "{v}"', {"pace": "own"}),
        ("left-right", 'sides: "{v}"', {"sides": "left-right"}),
        ("per-side", 'order: "{v}"', {"order": "per-side"}),
        ("auto", 'prepare: "{v}"', {"prepare": "auto"}),
        ("up", 'starts: "{v}"', {"starts": "up"}),
        ("true", 'optional: "{v}"', {"optional": True}),
        ("weighted", 'level: "{v}"', {"level": "weighted"}),
        ("8s", 'rest_range: ["{v}", 20s], sets: 2', {"rest_range": (8_000, 20_000)}),
        ("20 kg", 'target: "{v}"', {"target": "20 kg"}),
        ("Anna", 'say: "Go {v}, {v}"', {"say": Phrase("Go Anna, Anna")}),
        ("~x", 'say: "{v}"', {"say": Phrase("~x")}),
        ("{round}", None, None),
    ],
)  # fmt: skip
def test_a_value_stands_wherever_one_is_written(
    written: str, key: str | None, value: dict[str, Any] | None
) -> None:
    if key is None or value is None:
        step = step_of('v: "{rounds}"', '{exercise: x, reps: "{v}", say: "Of {v}"}')
        assert (step.reps, step.say) == (Variable("rounds"), Phrase("Of {rounds}"))
        return
    step = step_of(f"v: {written}", (EXERCISE % key).replace("reps: 1, reps", "reps"))
    assert {each: getattr(step, each) for each in value} == value


def test_a_value_stands_in_every_part_of_a_script() -> None:
    routine = routine_of(
        HEAD.replace("T", "For {who}")
        + """\
variables: {who: Anna, time: 20s, n: 2, chatty: false, bell: gong, en: en-GB, wpm: 120}
description: Made for {who}.
language: "{en}"
voice: {rate: "{wpm}", pronounce: {RDL: "{who} {n}"}}
coach: {praise: "{chatty}", remaining: ["{time}"]}
defaults: {rest: "{time}", sets: "{n}"}
steps:
- block: Part of {who}
  defaults: {switch: "{time}"}
  steps:
  - {exercise: "{who}", duration: "{time}", cues: [{at: "{n}s", say: "{who}!"}]}
  - {every: "{time}", rounds: "{n}", steps: [{sound: "{bell}.wav"}]}
  - {wait: "{who}?", estimate: "{time}"}
  - {say: {text: "{who}", language: "{en}"}, within: "{time}"}
  - {repeat: "{n}", rest: "{time}", steps: [{rest: "-0s", label: "{who}"}]}
""".replace('"-0s"', '"{n}"')
    )
    block: Any = routine.steps[0]
    exercise, every, wait, say, repeat = block.steps
    assert (routine.title, routine.description, routine.language) == (
        "For Anna", "Made for Anna.", "en-GB",
    )  # fmt: skip
    assert (routine.voice.rate, routine.voice.pronounce) == (120, (("RDL", "Anna 2"),))
    assert (routine.coach.praise, routine.coach.remaining) == (False, (20_000,))
    assert (routine.defaults.rest, routine.defaults.sets) == (20_000, 2)
    assert (block.block, block.defaults.switch) == ("Part of Anna", 20_000)
    assert (exercise.exercise, exercise.duration) == ("Anna", 20_000)
    assert (exercise.cues[0].at, exercise.cues[0].say.text) == (2_000, "Anna!")
    assert (every.every, every.rounds, every.steps[0].sound) == (20_000, 2, "gong.wav")
    assert (wait.wait, wait.estimate) == ("Anna?", 20_000)
    assert (say.say, say.within) == (Phrase("Anna", "en-GB"), 20_000)
    assert (repeat.repeat, repeat.rest, repeat.steps[0].label) == (2, 20_000, "Anna")


def test_a_name_of_the_coach_that_is_declared_is_the_scripts_own() -> None:
    step = step_of(
        "rounds: 3",
        '{repeat: "{rounds}", steps: [{exercise: x, reps: "{rounds}", say: "Of {rounds}"}]}',
    )
    inner = Exercise(exercise="x", reps=3, say=Phrase("Of 3"))
    assert step == Repeat(repeat=3, steps=(inner,))


def test_keys_are_not_looked_through() -> None:
    text = f'{HEAD}variables: {{v: a}}\nvoice: {{pronounce: {{"{{v}}": "{{v}}"}}}}\n'
    assert routine_of(text + "steps: [{rest: 1s}]\n").voice.pronounce == (("{v}", "a"),)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("3", "number"), ("-3", "number"), ("010", "number"), ("40s", "duration"),
        ("1:30", "duration"), ("2 min", "duration"), ("true", "boolean"), ("False", "boolean"),
        ("yes", "text"), ("2.5", "text"), ("1:75", "text"), ("20h", "text"), ("Anna B", "text"),
        ('"3"', "text"), ("'true'", "text"), ('"40s"', "text"), ("9" * 80, "text"),
    ],
)  # fmt: skip
def test_the_type_follows_from_how_the_default_is_written(written: str, kind: str) -> None:
    text = f'{HEAD}variables: {{v: {written}}}\nsteps: [{{say: "{{v}}"}}]\n'
    (declared,) = routine_of(text).variables
    assert declared == Declared(name="v", default=written.strip("\"'"), type=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("default", "given"),
    [
        ("3", "5"), ("3", " 5 "), ("3", "{rounds}"), ("40s", "1:30"), ("40s", "90"),
        ("40s", "2.5s"), ("40s", "{round}"), ("true", "false"), ("Anna", "3"), ("Anna", "true"),
        ('"3"', "many"), ("Anna", "Zo\u0065\u0308"), ("Anna", "a=b"), ("Anna", "null"),
    ],
)  # fmt: skip
def test_another_value_of_the_type_is_taken(default: str, given: str) -> None:
    said = step_of(f"v: {default}", '{say: "It is {v}."}', v=given).say.text
    assert said == f"It is {given}.".replace("Zo\u0065\u0308", "Zo\u00eb")


@pytest.mark.parametrize(
    ("default", "given", "message", "hint"),
    [
        ("3", "fast", "expected a whole number, like the default `3` (got `fast`)", ""),
        ("3", "40s", "expected a whole number, like the default `3` (got `40s`)",
         "durations need a default that is one, such as `30s`"),
        ("3", "true", "expected a whole number, like the default `3` (got `true`)", ""),
        ("40s", "fast", "expected a duration, like the default `40s` (got `fast`)", ""),
        ("40s", "1:75", "expected a duration, like the default `40s` (got `1:75`)",
         "write `2m15s`"),
        ("40s", "{side}", "expected a duration, like the default `40s` (got `{side}`)", ""),
        ("true", "yes", "expected true or false, like the default `true` (got `yes`)",
         "write `true`"),
        ("true", "{round}", "expected true or false, like the default `true` (got `{round}`)", ""),
        ("Anna", "", "the text is empty", "write some words, or leave the key out"),
        ("Anna", "a\x07", "the control character U+0007 cannot be in a text",
         "delete it, or write a space"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_wrong_usage(
    default: str, given: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as refused:
        step_of(f"v: {default}", '{say: "{v}"}', v=given)
    assert refused.value.message == f"--set v={given}: {message}"
    assert refused.value.hint == hint


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("variables: {rounds: 3, work: 40s}\n", "did you mean `work`?"),
        ("variables: {rounds: 3, rest: 40s}\n", "there are: `rounds`, `rest`"),
        ("", "it has no `variables`"),
    ],
)
def test_a_name_that_is_not_declared_is_wrong_usage(header: str, hint: str) -> None:
    with pytest.raises(UsageError, match="has no such variable") as refused:
        read(f"{HEAD}{header}steps: [{{rest: 1s}}]\n", "run.yaml", variables=[("wrok", "1")])
    assert refused.value.message == "--set wrok: run.yaml has no such variable"
    assert refused.value.hint == hint


def test_a_script_that_cannot_be_read_is_told_before_any_variable() -> None:
    script = read("voiceguide: [", "x", variables=[("a", "1")])
    assert script.faults


@pytest.mark.parametrize(
    ("variables", "body", "faults"),
    [
        ("{v: fast}", '{rest: "{v}"}',
         [f"5:10 {DURATION} (got `fast`) ({V} `fast`, from `variables`)"]),
        ("{v: 0}", '{exercise: x, reps: [2, "{v}"]}',
         [f"5:27 expected a whole number from 1 to 1,000 (got `0`) ({V} `0`, from `variables`)"]),
        ("{v: a, w: b}", '{exercise: x, reps: 1, tempo: "{v}-{w}"}',
         [f"5:33 {TEMPO} (got `a-b`) ({V} `a`, from `variables`; {W} `b`, from `variables`)"]),
        ("{v: a}", '{say: "{v} {sde}"}', ["5:14 there is no placeholder `{sde}`"]),
        ("{work: a}", '{say: "{wrk} {work}"}', ["5:10 there is no placeholder `{wrk}`"]),
        ("{v: a}", '{exercise: x, duration: "{w}", say: "{v}"}',
         ["5:27 `{w}` is not a number here"]),
        ("{v: }", '{say: "{v}"}',
         ["3:13 nothing is written after `v:`"]),
        ("{v: [a]}", '{say: "{v}"}',
         ["3:16 expected text (got a list)"]),
        ("{v: ''}", "{rest: 1s}", ["3:16 the text is empty"]),
        ("{a b: 1, 1a: 2, one: [x]}", "{rest: 1s}",
         ["3:13 `a b` cannot be the name of a variable",
          "3:21 `1a` cannot be the name of a variable",
          "3:33 expected text (got a list)"]),
        ("{v: '{w} a', w: b}", '{say: "{v} {w}"}', ["3:17 a default cannot hold `{w}`"]),
        ("{v: '{foo} {side}'}", '{say: "{v} {foo}"}',
         ["3:17 a default cannot hold `{foo}`"]),
        ("3", "{rest: 1s}", ["3:12 expected keys and values (got `3`)"]),
        ("[a]", "{rest: 1s}", ["3:12 expected keys and values (got a list)"]),
    ],
)  # fmt: skip
def test_faults(variables: str, body: str, faults: list[str]) -> None:
    assert told(variables, body) == faults


def test_hints_offer_what_is_declared() -> None:
    def hint(body: str) -> str:
        (fault,) = read(f"{HEAD}variables: {{work: a, pair: b}}\nsteps:\n- {body}\n", "x").faults
        return fault.hint

    assert hint('{say: "{wrk} {work} {pair}"}') == "did you mean `{work}`?"
    assert hint('{rest: "{wrk}"}') == "did you mean `{work}`?"
    assert hint('{exercise: x, reps: 1, sides: "{par}"}') == "did you mean `{pair}`?"
    assert hint("{say: '{foo}'}").startswith("there are: `{work}`, `{pair}`, `{duration}`")
    assert hint('{say: "{sde}"}') == "did you mean `{side}`?"


def test_a_fault_that_is_found_later_tells_the_value_too() -> None:
    script = read(f'{HEAD}variables: {{v: a}}\nsteps:\n- exercise: "{{v}}"\n', "x")
    fault = place(Fault("no such exercise", path="steps[0].exercise"), script)
    assert (fault.line, fault.column) == (5, 13)
    assert fault.message == "no such exercise (`{v}` is `a`, from `variables`)"


def test_warnings() -> None:
    text = f'{HEAD}variables: {{v: a, side: left, unused: b}}\nsteps: [{{say: "{{v}} {{side}}"}}]\n'
    script = read(text, "x")
    assert script.faults == ()
    assert [(f.line, f.column, f.path, f.message) for f in script.warnings] == [
        (3, 19, "variables.side",
         "`{side}` changes from turn to turn; as a variable it stays the same"),
        (3, 31, "variables.unused", "nothing uses `{unused}`"),
    ]  # fmt: skip


def test_values_without_end_are_refused() -> None:
    value = "x" * 10_000
    text = f'{HEAD}variables: {{v: {value}}}\nsteps:\n- say: "{"{v}" * 1000}"\n'
    (fault,) = read(text, "x").faults
    assert (fault.line, fault.message) == (5, "values make this script longer than 1 MiB")
