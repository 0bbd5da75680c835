"""What may be written: the keys of each step and of the header.

The names are those of `model.routine`, which says what they mean once read; the text below each
key is what a YAML editor shows for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    TypeAdapter,
    with_config,
)
from typing_extensions import (  # pydantic needs its TypedDict before Python 3.12
    Required,
    TypedDict,
)

from voiceguide.script import fields as f
from voiceguide.script import mappings as m


@with_config({**m.CONFIG, "title": "script"})
class HeaderKeys(TypedDict, total=False):
    """A routine for voiceguide."""

    voiceguide: Required[f.Format]
    """Number of the script format."""
    title: Required[f.Text]
    """Name of the session."""
    description: f.Text
    """What it is for; not spoken."""
    audience: f.Text
    """Whom it is for; not spoken."""
    source: f.Text
    """Where its structure is from; not spoken."""
    variables: m.VariablesField
    """Names of its own and their values, used as {name}; --set and with give other values."""
    language: f.Language
    """BCP 47 tag; picks the phrase book and the voice. Default en."""
    phrases: f.Name
    """A file with words of your own for the coach: see `voiceguide phrases`."""
    recordings: f.Name
    """A folder of recordings that are heard in place of the voice, found by their words."""
    level: f.Level
    """Progression of library exercises: 1 to 3, or its name. Default 1."""
    fit: f.Duration
    """The exact total length: gaps are moved, and optional steps left out, to reach it."""
    rest_range: f.Span
    """The shortest and the longest a rest may become when the session is fitted."""
    voice: m.VoiceField
    """Who speaks."""
    voice2: m.VoiceField
    """A second voice, for the roles that ask for it."""
    roles: m.RolesField
    """Who says the words of a role, and how: `{countdown: voice2, rest: {rate: 130}}`."""
    music: m.MusicField
    """What is heard below the voice: a file or a folder, a list of them, or keys."""
    coach: m.CoachField
    """What the coach says and sounds."""
    defaults: m.DefaultsField
    """Values for all steps that do not write their own."""


class _StepKeys(TypedDict, total=False):
    optional: f.Optional


@with_config({**m.CONFIG, "title": "exercise"})
class ExerciseKeys(_StepKeys, total=False):
    """Work."""

    exercise: Required[f.Text]
    """What to do: a library id or alias, or any text."""
    duration: f.Lengths
    """Time of work; a list gives each set its own."""
    reps: f.Reps
    """A count, or a range such as 10-20; a list gives each set its own."""
    hold: f.Lengths
    """Each rep is held so long; alone it is one rep."""
    unit: f.Text
    """What the reps are called, such as steps."""
    pace: f.PaceLength
    """Seconds a rep, or own: the listener's pace."""
    tempo: f.Tempo
    """Lowering-pause-lifting-pause in seconds, X for one that is explosive (1 s)."""
    starts: f.StartsWord
    """Whether a rep begins with the lowering (down) or the lifting (up)."""
    estimate: f.Length
    """Time that a file takes for work at the listener's pace."""
    release: f.PauseLength
    """Between holds."""
    distance: f.Text
    """Told, not timed: 800 m."""
    target: f.Texts
    """Told, not timed: 20 kg, 85 %. A list gives each set its own."""
    sets: f.Sets
    """How many sets."""
    rest: f.Pauses
    """Between sets, none after the last; a list gives each its own."""
    rest_label: f.Text
    """What the rests between sets are called."""
    rest_range: f.Span
    """The shortest and the longest a rest may become when a session is fitted."""
    sides: f.SidesWord
    """Which sides work, and in which order."""
    switch: f.PauseLength
    """Time to change sides."""
    order: f.OrderWord
    """Both sides in each set, or all sets of one side first."""
    prepare: f.PrepareLength
    """Time to get ready before the first set, or auto."""
    level: f.LevelInRounds
    """Progression: 1 to 3, or its name."""
    say: m.Said
    """Words for the set-up."""
    cues: Annotated[tuple[m.CueField, ...], BeforeValidator(m.a_list_of_cues)]
    """Words and sounds at moments of the work."""


@with_config({**m.CONFIG, "title": "rest"})
class RestKeys(_StepKeys, total=False):
    """A pause."""

    rest: Required[f.PauseLength]
    """How long."""
    label: f.Text
    """What it is called, such as walk; it is then announced like an exercise."""
    say: m.Said
    """Words spoken in it."""
    rest_range: f.Span
    """The shortest and the longest it may become when a session is fitted."""


@with_config({**m.CONFIG, "title": "say"})
class SayKeys(_StepKeys, total=False):
    """Words between the work."""

    say: Required[m.Said]
    """The words; or `{text: Warm up, language: en}`, `{file: coach/welcome.wav}`."""
    within: f.Length
    """Exactly so long, in place of what the words take."""


@with_config({**m.CONFIG, "title": "sound"})
class SoundKeys(_StepKeys, total=False):
    """One sound, as long as it lasts."""

    sound: Required[f.Name]
    """A name of `voiceguide sounds`, or a file beside the script."""


@with_config({**m.CONFIG, "title": "block"})
class BlockKeys(_StepKeys, total=False):
    """A named part: announced once, and a chapter of the file."""

    block: Required[f.Text]
    """Its name."""
    coach: m.CoachField
    """What the coach says and sounds in it."""
    defaults: m.DefaultsField
    """Values for the steps in it that do not write their own."""


@with_config({**m.CONFIG, "title": "repeat"})
class RepeatKeys(_StepKeys, total=False):
    """Rounds."""

    repeat: Required[f.Rounds]
    """How many."""
    rest: f.PauseLength
    """Between rounds, none after the last."""
    rest_label: f.Text
    """What the rests between rounds are called."""
    rest_range: f.Span
    """The shortest and the longest a rest may become when a session is fitted."""


@with_config({**m.CONFIG, "title": "every"})
class EveryKeys(_StepKeys, total=False):
    """A slot of one exact length: what its steps leave over is rest."""

    every: Required[f.Length]
    """How long."""
    rounds: f.Rounds
    """How many slots. Default 1."""


@with_config({**m.CONFIG, "title": "wait"})
class WaitKeys(_StepKeys, total=False):
    """Hands over to the listener."""

    wait: Required[f.Text]
    """What the listener is told."""
    estimate: f.Length
    """Time that a file takes. Default 30 s."""


@with_config({**m.CONFIG, "title": "amrap"})
class AmrapKeys(_StepKeys, total=False):
    """As many rounds as possible: its steps are told once, then time is called."""

    amrap: Required[f.Length]
    """How long."""
    prepare: f.PrepareLength
    """Time to get ready, or auto: as long as telling its steps takes."""


_With = TypedDict(  # `with` cannot be the name of an attribute
    "_With",
    {
        "with": Annotated[
            m.WithField, Field(description="Values for its variables, and other names.")
        ]
    },
    total=False,
)


@with_config({**m.CONFIG, "title": "include"})
class IncludeKeys(_StepKeys, _With, total=False):
    """The steps of another script."""

    include: Required[f.Name]
    """A file below the folder of the first script, from the folder of this one or of that."""


HEADER = HeaderKeys
STEPS: Mapping[str, Any] = {
    "exercise": ExerciseKeys,
    "rest": RestKeys,
    "say": SayKeys,
    "sound": SoundKeys,
    "block": BlockKeys,
    "repeat": RepeatKeys,
    "every": EveryKeys,
    "wait": WaitKeys,
    "amrap": AmrapKeys,
    "include": IncludeKeys,
}
"""The keys of each kind of step, `steps` excepted."""

WITH_STEPS = frozenset({"block", "repeat", "every", "amrap"})
"""Kinds that hold steps of their own."""

IN_AMRAP = ("exercise", "rest")
"""Kinds of which a round of an `amrap` is made."""

HOLDERS = (HEADER, *(STEPS[kind] for kind in STEPS if kind in WITH_STEPS))
"""The shapes beside whose keys there is `steps`."""

KINDS = tuple(STEPS)

INSIDE: Mapping[str, Any] = {
    "voice": m.VoiceKeys,
    "music": m.MusicKeys,
    "coach": m.CoachKeys,
    "defaults": m.DefaultsKeys,
    "cues": m.CueKeys,
    "say": m.PhraseKeys,
    "voice2": m.VoiceKeys,
    "roles": m.RolesKeys,
    **dict.fromkeys(m.RolesKeys.__annotations__, m.MannerKeys),
}
"""The shapes of mappings inside of these, by their key."""


KNOWN_KEYS = frozenset({"steps", *KINDS}).union(
    *(shape.__annotations__ for shape in (HEADER, *STEPS.values(), *INSIDE.values())),
)
"""Every word that is a key somewhere."""


@cache
def adapter(shape: Any) -> TypeAdapter[dict[str, Any]]:  # noqa: ANN401  one of the classes above
    """What reads a mapping of that shape, made when it is first wanted."""
    return TypeAdapter(shape)
