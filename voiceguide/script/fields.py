"""The types of the values of keys: how each is read, and what a YAML editor is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
)

from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Manner, Order, Range, Sides, Starts, Talk, Variable
from voiceguide.script import amounts, durations, scalars, variables
from voiceguide.script.faults import Refused, quoted
from voiceguide.script.nodes import Scalar

ONE, EACH, KEYS = "<one>", "<each>", "<keys>"
"""Tags of the forms of a value that may differ from set to set, or be written in keys."""

_DURATION = {
    "type": ["number", "string"],
    "minimum": 0,
    "maximum": 43_200,
    "pattern": r"^\s*\+?[0-9.][0-9.:\sa-zA-Z]*$",
    "examples": ["45s", "1m30s", "1:30"],
}
_OPTIONAL = {
    "type": "boolean",
    "description": "Whether it may be left out where a session is fitted. Default false.",
}
_TEXT = {"type": ["string", "number", "boolean"]}
_LEVEL = {
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": 3}, {"type": "string"}],
    "examples": [1, 2, 3],
}


_OTHER_WORDS_FOR_SIDES = dict.fromkeys(
    ("both", "beide", "beidseitig", "ambos", "ambas", "les deux", "entrambi", "l/r"), "each"
)


def _number(low: int, high: int) -> dict[str, Any]:
    digits = {"type": "string", "pattern": r"^\s*\+?[0-9]+\s*$"}
    return {"anyOf": [{"type": "integer", "minimum": low, "maximum": high}, digits]}


def _decimal(low: int, high: int) -> dict[str, Any]:
    digits = {"type": "string", "pattern": r"^\s*[+-]?[0-9]+(\.[0-9]+)?\s*$"}
    return {"anyOf": [{"type": "number", "minimum": low, "maximum": high}, digits]}


def _word_or(word: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"const": word}, schema]}


def a_list(value: object) -> object:
    """The value, where it is a list."""
    if isinstance(value, Scalar):
        scalars.scalar(value, "a list")
        raise Refused(f"expected a list (got {quoted(value.text)})", f"write `[{value.text[:40]}]`")
    if isinstance(value, dict):
        raise Refused("expected a list (got keys and values)", "begin each entry with `- `")
    return _not_too_long(value)


def a_mapping(value: object) -> object:
    """The value, where it is a mapping."""
    if isinstance(value, Scalar):
        scalars.scalar(value, "keys and values")
        raise Refused(f"expected keys and values (got {quoted(value.text)})")
    if isinstance(value, list):
        raise Refused("expected keys and values (got a list)", "leave out the dashes")
    return value


def _not_too_long(value: object) -> object:
    """The value; pydantic would go on to collect the faults of a million entries."""
    if isinstance(value, list) and len(value) > amounts.MAX_SETS:
        raise Refused(f"expected at most {amounts.MAX_SETS:,} values (got {len(value):,})")
    return value


def _form(value: object) -> str:
    return EACH if isinstance(value, list) else ONE


def one_or_keys(value: object) -> str:
    """Whether a value is written as it is, or in keys of its own."""
    return KEYS if isinstance(value, dict) else ONE


def _names(value: object) -> list[object]:
    """The value as a list with something in it."""
    expected = "the name of a file, or a list of them"
    if not isinstance(value, list):
        return [scalars.scalar(value, expected)]
    if not value:
        raise Refused(f"expected {expected}; this list is empty", "name a file: `[song.mp3]`")
    return value


def _words(literal: Any) -> Callable[[object], str]:  # noqa: ANN401  a `Literal` of `typing`
    return scalars.one_of(*get_args(literal))


Text = Annotated[str, PlainValidator(scalars.text), WithJsonSchema(_TEXT)]
"""Text with placeholders."""
Words = Annotated[
    Phrase, PlainValidator(lambda value: Phrase(scalars.text(value))), WithJsonSchema(_TEXT)
]
"""Text that is spoken."""
Name = Annotated[str, PlainValidator(scalars.plain_text), WithJsonSchema(_TEXT)]
"""Text in which braces mean nothing."""
Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(_names),
    WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}),
]
"""One, or a list of them."""
Flag = Annotated[bool, PlainValidator(scalars.boolean), WithJsonSchema({"type": "boolean"})]
Optional = Annotated[bool, PlainValidator(scalars.boolean), WithJsonSchema(_OPTIONAL)]
"""Told here, since a shape does not hand on the text below an inherited key."""

VariableName = Annotated[str, PlainValidator(variables.name), WithJsonSchema({"type": "string"})]
Default = Annotated[Scalar, PlainValidator(variables.default), WithJsonSchema(_TEXT)]

Format = Annotated[int, PlainValidator(scalars.format_number), WithJsonSchema({"enum": [1, "1"]})]
Language = Annotated[
    str,
    PlainValidator(scalars.language),
    WithJsonSchema({"type": "string", "examples": list(scalars.LANGUAGES)}),
]
Level = Annotated[int | str, PlainValidator(scalars.level), WithJsonSchema(_LEVEL)]
LevelInRounds = Annotated[
    int | str | Variable,
    PlainValidator(scalars.level_in_rounds),
    WithJsonSchema(_LEVEL),
]

TalkWord = Annotated[Talk, BeforeValidator(_words(Talk))]
SidesWord = Annotated[
    Sides, BeforeValidator(scalars.one_of(*get_args(Sides), meant=_OTHER_WORDS_FOR_SIDES))
]
OrderWord = Annotated[Order, BeforeValidator(_words(Order))]
StartsWord = Annotated[Starts, BeforeValidator(_words(Starts))]

VoiceWord = Annotated[
    Literal["voice", "voice2"], BeforeValidator(scalars.one_of("voice", "voice2"))
]
MannerWord = Annotated[
    Manner,
    PlainValidator(lambda value: Manner(voice=scalars.one_of("voice", "voice2")(value))),
    WithJsonSchema({"enum": ["voice", "voice2"]}),
]
Pitch = Annotated[float, PlainValidator(scalars.decimal(-4, 4)), WithJsonSchema(_decimal(-4, 4))]
Volume = Annotated[float, PlainValidator(scalars.decimal(-20, 6)), WithJsonSchema(_decimal(-20, 6))]
Rate = Annotated[int, PlainValidator(scalars.whole(80, 400)), WithJsonSchema(_number(80, 400))]
Cadence = Annotated[int, PlainValidator(scalars.whole(30, 300)), WithJsonSchema(_number(30, 300))]
UnderVoice = Annotated[int, PlainValidator(scalars.whole(0, 40)), WithJsonSchema(_number(0, 40))]
Duck = Annotated[int, PlainValidator(scalars.whole(0, 30)), WithJsonSchema(_number(0, 30))]
Countdown = Annotated[int, PlainValidator(scalars.whole(0, 10)), WithJsonSchema(_number(0, 10))]
SetCount = Annotated[
    int,
    PlainValidator(scalars.whole(1, amounts.MAX_SETS)),
    WithJsonSchema(_number(1, amounts.MAX_SETS)),
]
Sets = Annotated[
    int | Variable,
    PlainValidator(amounts.count(1, amounts.MAX_SETS)),
    WithJsonSchema(_number(1, amounts.MAX_SETS)),
]
Rounds = Annotated[
    int | Variable,
    PlainValidator(amounts.count(1, amounts.MAX_ROUNDS)),
    WithJsonSchema(_number(1, amounts.MAX_ROUNDS)),
]
CountReps = Annotated[
    int | Literal["all", "none"],
    PlainValidator(amounts.count_reps),
    WithJsonSchema(
        {
            "anyOf": [{"enum": ["all", "none"]}, {"type": "string", "pattern": "^last-[0-9]+$"}],
            "examples": ["last-3", "all", "none"],
        }
    ),
]
Tempo = Annotated[
    str,
    PlainValidator(amounts.tempo),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\s*([0-9.]+|[xX])(\s*-\s*([0-9.]+|[xX])){3}\s*$",
            "examples": ["2-1-1-0"],
        }
    ),
]
_Reps = Annotated[
    int | Range | Variable,
    PlainValidator(amounts.reps),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": amounts.MAX_REPS},
                {"type": "string", "pattern": r"^\s*\+?[0-9]+(\s*(-|\u2013|to)\s*[0-9]+)?\s*$"},
            ],
            "examples": [8, "10-20"],
        }
    ),
]

Duration = Annotated[int, PlainValidator(durations.duration()), WithJsonSchema(_DURATION)]
Pause = Annotated[int, PlainValidator(durations.duration(zero=True)), WithJsonSchema(_DURATION)]
"""A duration that may be 0."""
Length = Annotated[int | Variable, PlainValidator(durations.length()), WithJsonSchema(_DURATION)]
PauseLength = Annotated[
    int | Variable, PlainValidator(durations.length(zero=True)), WithJsonSchema(_DURATION)
]
Pace = Annotated[
    int | Literal["own"],
    PlainValidator(scalars.or_word("own", durations.duration())),
    WithJsonSchema(_word_or("own", _DURATION)),
]
PaceLength = Annotated[
    int | Variable | Literal["own"],
    PlainValidator(scalars.or_word("own", durations.length())),
    WithJsonSchema(_word_or("own", _DURATION)),
]
Prepare = Annotated[
    int | Literal["auto"],
    PlainValidator(scalars.or_word("auto", durations.duration(zero=True))),
    WithJsonSchema(_word_or("auto", _DURATION)),
]
PrepareLength = Annotated[
    int | Variable | Literal["auto"],
    PlainValidator(scalars.or_word("auto", durations.length(zero=True))),
    WithJsonSchema(_word_or("auto", _DURATION)),
]
Span = Annotated[
    tuple[int, int],
    PlainValidator(durations.span),
    WithJsonSchema({"type": "array", "items": _DURATION, "minItems": 2, "maxItems": 2}),
]
Wake = Annotated[
    int | bool,
    PlainValidator(durations.wake),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {**_DURATION, "maximum": 2}]}),
]
Moment = Annotated[
    int | Literal["half"],
    PlainValidator(durations.moment),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "half"},
                {"type": ["number", "string"], "pattern": r"^\s*[-+]?[0-9.][0-9.:\sa-zA-Z]*$"},
            ],
            "examples": ["half", "20s", "-10s"],
        }
    ),
]

_FORM = Discriminator(_form)
_SOME = Field(min_length=1)
_FEW = BeforeValidator(_not_too_long)
Lengths = Annotated[
    Annotated[Length, Tag(ONE)] | Annotated[tuple[Length, ...], Tag(EACH), _SOME],
    _FORM,
    _FEW,
]
Pauses = Annotated[
    Annotated[PauseLength, Tag(ONE)] | Annotated[tuple[PauseLength, ...], Tag(EACH), _SOME],
    _FORM,
    _FEW,
]
Reps = Annotated[
    Annotated[_Reps, Tag(ONE)] | Annotated[tuple[_Reps, ...], Tag(EACH), _SOME], _FORM, _FEW
]
Texts = Annotated[
    Annotated[Text, Tag(ONE)] | Annotated[tuple[Text, ...], Tag(EACH), _SOME], _FORM, _FEW
]
