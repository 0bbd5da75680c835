"""What may be written: the keys of each step, of the header and of the mappings in them.

The names are those of `model.routine`, which says what they mean once read; the text below each
key is what a YAML editor shows for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    with_config,
)
from typing_extensions import (  # pydantic needs its TypedDict before Python 3.12
    Required,
    TypedDict,
)

from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Coach, Defaults, Manner, Music, TimedCue, Voice
from voiceguide.script import fields as f
from voiceguide.script import variables
from voiceguide.script.faults import Refused
from voiceguide.script.fields import a_list, a_mapping

_CONFIG = ConfigDict(extra="forbid")
_IN_MAPPING = BeforeValidator(a_mapping)


@with_config({**_CONFIG, "title": "words"})
class PhraseKeys(TypedDict, total=False):
    """Words in another language, or recorded."""

    text: f.Text
    """The words; of a recording, what is shown of it."""
    language: f.Language
    """BCP 47 tag of the language they are in, where it is not that of the session."""
    file: f.Name
    """A recording of them, below the folder of the script."""


def _phrase(keys: PhraseKeys) -> Phrase:
    """The words that these keys write; without a text they are those of the file's name."""
    file = keys.get("file")
    if (text := keys.get("text")) is None:
        if file is None:
            raise Refused("expected `text`, or `file`", "write `{text: Warm up, language: en}`")
        text = " ".join(re.findall(r"[^\W_]+", PurePosixPath(file).stem)) or file
    return Phrase(text, keys.get("language"), file)


Said = Annotated[
    Annotated[f.Words, Tag(f.ONE)] | Annotated[PhraseKeys, AfterValidator(_phrase), Tag(f.KEYS)],
    Discriminator(f.one_or_keys),
]


@with_config({**_CONFIG, "title": "cue"})
class CueKeys(TypedDict, total=False):
    """A sound, words, or both at a moment of the work."""

    at: Required[f.Moment]
    """When: `20s` from the start of the work, `half`, or `-10s` from its end."""
    say: Said
    """The words, as `say` elsewhere; they come after the sound."""
    sound: f.Name
    """A name of `voiceguide sounds`, or a file beside the script."""


@with_config({**_CONFIG, "title": "voice"})
class VoiceKeys(TypedDict, total=False):
    """Who speaks."""

    engine: f.Name
    """`auto` (the best one installed), or the name of an engine: see `voiceguide voices`."""
    name: f.Name
    """A voice of the engine, by its id or its short name."""
    command: f.Name
    """A program that speaks: `mytts --out {file}`, the text on its standard input."""
    rate: f.Rate
    """Words a minute, 80 to 400."""
    pitch: f.Pitch
    """Semitones above the voice's own, -4 to 4."""
    volume: f.Volume
    """dB above the level of all voices, -20 to 6."""
    pronounce: Annotated[dict[str, f.Name], _IN_MAPPING, AfterValidator(lambda d: tuple(d.items()))]
    """Words, and how they are spoken: `RDL: R D L`."""


@with_config({**_CONFIG, "title": "manner"})
class MannerKeys(TypedDict, total=False):
    """Who says the words of a role, and how."""

    voice: f.VoiceWord
    """voice, or voice2. Default voice."""
    rate: f.Rate
    """Words a minute, 80 to 400."""
    pitch: f.Pitch
    """Semitones above the voice's own, -4 to 4."""
    volume: f.Volume
    """dB above the level of all voices, -20 to 6."""


MannerField = Annotated[
    Annotated[f.MannerWord, Tag(f.ONE)]
    | Annotated[MannerKeys, AfterValidator(lambda d: Manner(**d)), Tag(f.KEYS)],
    Discriminator(f.one_or_keys),
]


@with_config({**_CONFIG, "title": "roles"})
class RolesKeys(TypedDict, total=False):
    """Who says the words of a role, and how."""

    script: MannerField
    """Your own words."""
    safety: MannerField
    """Safety lines."""
    name: MannerField
    """Names of exercises."""
    side: MannerField
    """The change of sides."""
    setup: MannerField
    """How an exercise is done."""
    amount: MannerField
    """How much."""
    equipment: MannerField
    """What is needed."""
    halfway: MannerField
    """Half of the work is done."""
    remaining: MannerField
    """How much time is left."""
    rep: MannerField
    """Counted reps."""
    tip: MannerField
    """Form tips."""
    praise: MannerField
    """Praise."""
    block: MannerField
    """Names of blocks."""
    round: MannerField
    """Which round."""
    rest: MannerField
    """Rests."""
    countdown: MannerField
    """A spoken countdown."""
    finish: MannerField
    """The end."""


RolesField = Annotated[RolesKeys, _IN_MAPPING, AfterValidator(lambda d: tuple(d.items()))]


@with_config({**_CONFIG, "title": "music"})
class MusicKeys(TypedDict, total=False):
    """What is heard below the voice."""

    files: f.Names
    """Files or folders, one after the other and over again; `bed` is a calm one of ours."""
    work: f.Names
    """The same while there is work, in place of `files`."""
    rest: f.Names
    """The same while there is none."""
    click: f.Cadence
    """A metronome in timed work: beats a minute, 30 to 300."""
    under_voice_db: f.UnderVoice
    """So far it stays below the voice, 0 to 40 dB. Default 15."""
    duck_db: f.Duck
    """So much further it goes down while the coach speaks, 0 to 30 dB. Default 9."""


def _music(keys: MusicKeys) -> Music:
    if "files" in keys and ("work" in keys or "rest" in keys):
        raise Refused(
            "`files` is heard all the time, `work` and `rest` in turn",
            "keep `files`, or write `work` and `rest` alone",
        )
    return Music(**keys)


@with_config({**_CONFIG, "title": "coach"})
class CoachKeys(TypedDict, total=False):
    """What the coach says and sounds."""

    talk: f.TalkWord
    """How much: full, short, names, or beeps. Default full."""
    countdown: f.Countdown
    """Tones for the last so many seconds, 0 to 10. Default 3."""
    countdown_voice: f.Flag
    """Numbers are spoken in place of the countdown tones. Default false."""
    starts: f.Flag
    """Tones on the boundaries of work. Default true."""
    count_reps: f.CountReps
    """all counts up, last-3 counts the last three down, none. Default last-3."""
    halfway: f.Flag
    """"Halfway" in work of 60 s or more. Default true."""
    tips: f.Flag
    """Form tips of library exercises. Default true."""
    praise: f.Flag
    """A line of praise now and then. Default true."""
    remaining: Annotated[tuple[f.Duration, ...], BeforeValidator(a_list)]
    """Times before the end of work at which they are told. Default [10s]."""
    wake: f.Wake
    """A soft sound before speech after silence: true, false, or its length up to 2 s."""


@with_config({**_CONFIG, "title": "defaults"})
class DefaultsKeys(TypedDict, total=False):
    """Values for all steps inside that do not write their own."""

    rest: f.Pause
    """Between the sets of an exercise."""
    rest_label: f.Text
    """What the rests between sets are called."""
    rest_range: f.Span
    """The shortest and the longest a rest may become when a session is fitted."""
    switch: f.Pause
    """Time to change sides."""
    pace: f.Pace
    """Seconds a rep, or own."""
    tempo: f.Tempo
    """Lowering-pause-lifting-pause in seconds."""
    release: f.Pause
    """Between holds."""
    sets: f.SetCount
    """How many sets."""
    sides: f.SidesWord
    """Which sides work, and in which order."""
    order: f.OrderWord
    """Both sides in each set, or all sets of one side first."""
    prepare: f.Prepare
    """Time to get ready before every exercise, or auto."""
    level: f.Level
    """Progression of library exercises: 1 to 3, or its name."""


def _cue(keys: Any) -> TimedCue:  # noqa: ANN401  as read from `CueKeys`
    """What is heard at a moment, where anything is."""
    if "say" not in keys and "sound" not in keys:
        hint = 'write `say: "Keep breathing"`, `sound: clap`, or both'
        raise Refused("`say` or `sound` is missing", hint)
    return TimedCue(**keys)


def _voice(keys: Any) -> Voice:  # noqa: ANN401  as read from `VoiceKeys`
    """A voice; a command line stands for engine and name."""
    if "command" not in keys:
        return Voice(**keys)
    if keys.get("engine", "command") != "command" or "name" in keys:
        raise Refused("`command` names the engine and the voice", "leave `engine` and `name` out")
    return Voice(**{**keys, "engine": None})


CoachField = Annotated[CoachKeys, _IN_MAPPING, AfterValidator(lambda d: Coach(**d))]
DefaultsField = Annotated[DefaultsKeys, _IN_MAPPING, AfterValidator(lambda d: Defaults(**d))]
VoiceField = Annotated[VoiceKeys, _IN_MAPPING, AfterValidator(_voice)]
MusicField = Annotated[
    Annotated[f.Names, AfterValidator(lambda names: Music(files=names)), Tag(f.ONE)]
    | Annotated[MusicKeys, AfterValidator(_music), Tag(f.KEYS)],
    Discriminator(f.one_or_keys),
]
VariablesField = Annotated[
    dict[f.VariableName, f.Default], _IN_MAPPING, AfterValidator(variables.declare)
]
WithField = Annotated[dict[f.VariableName, f.Text], _IN_MAPPING]
CueField = Annotated[CueKeys, _IN_MAPPING, AfterValidator(_cue)]


@with_config({**_CONFIG, "title": "script"})
class HeaderKeys(TypedDict, total=False):
    """A routine for voiceguide."""

    voiceguide: Required[f.Format]
    """Number of the script format."""
    title: Required[f.Text]
    """Name of the session."""
    description: f.Text
    """What it is for; not spoken."""
    variables: VariablesField
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
    voice: VoiceField
    """Who speaks."""
    voice2: VoiceField
    """A second voice, for the roles that ask for it."""
    roles: RolesField
    """Who says the words of a role, and how: `{countdown: voice2, rest: {rate: 130}}`."""
    music: MusicField
    """What is heard below the voice: a file or a folder, a list of them, or keys."""
    coach: CoachField
    """What the coach says and sounds."""
    defaults: DefaultsField
    """Values for all steps that do not write their own."""


class _StepKeys(TypedDict, total=False):
    optional: f.Optional


@with_config({**_CONFIG, "title": "exercise"})
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
    level: f.Level
    """Progression: 1 to 3, or its name."""
    say: Said
    """Words for the set-up."""
    cues: Annotated[tuple[CueField, ...], BeforeValidator(a_list)]
    """Words and sounds at moments of the work."""


@with_config({**_CONFIG, "title": "rest"})
class RestKeys(_StepKeys, total=False):
    """A pause."""

    rest: Required[f.PauseLength]
    """How long."""
    label: f.Text
    """What it is called, such as walk; it is then announced like an exercise."""
    say: Said
    """Words spoken in it."""
    rest_range: f.Span
    """The shortest and the longest it may become when a session is fitted."""


@with_config({**_CONFIG, "title": "say"})
class SayKeys(_StepKeys, total=False):
    """Words between the work."""

    say: Required[Said]
    """The words; or `{text: Warm up, language: en}`, `{file: coach/welcome.wav}`."""
    within: f.Length
    """Exactly so long, in place of what the words take."""


@with_config({**_CONFIG, "title": "sound"})
class SoundKeys(_StepKeys, total=False):
    """One sound, as long as it lasts."""

    sound: Required[f.Name]
    """A name of `voiceguide sounds`, or a file beside the script."""


@with_config({**_CONFIG, "title": "block"})
class BlockKeys(_StepKeys, total=False):
    """A named part: announced once, and a chapter of the file."""

    block: Required[f.Text]
    """Its name."""
    coach: CoachField
    """What the coach says and sounds in it."""
    defaults: DefaultsField
    """Values for the steps in it that do not write their own."""


@with_config({**_CONFIG, "title": "repeat"})
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


@with_config({**_CONFIG, "title": "every"})
class EveryKeys(_StepKeys, total=False):
    """A slot of one exact length: what its steps leave over is rest."""

    every: Required[f.Length]
    """How long."""
    rounds: f.Rounds
    """How many slots. Default 1."""


@with_config({**_CONFIG, "title": "wait"})
class WaitKeys(_StepKeys, total=False):
    """Hands over to the listener."""

    wait: Required[f.Text]
    """What the listener is told."""
    estimate: f.Length
    """Time that a file takes. Default 30 s."""


@with_config({**_CONFIG, "title": "amrap"})
class AmrapKeys(_StepKeys, total=False):
    """As many rounds as possible: its steps are told once, then time is called."""

    amrap: Required[f.Length]
    """How long."""
    prepare: f.PrepareLength
    """Time to get ready, or auto: as long as telling its steps takes."""


_With = TypedDict(  # `with` cannot be the name of an attribute
    "_With",
    {"with": Annotated[WithField, Field(description="Values for its variables, and other names.")]},
    total=False,
)


@with_config({**_CONFIG, "title": "include"})
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
    "voice": VoiceKeys,
    "music": MusicKeys,
    "coach": CoachKeys,
    "defaults": DefaultsKeys,
    "cues": CueKeys,
    "say": PhraseKeys,
    "voice2": VoiceKeys,
    "roles": RolesKeys,
    **dict.fromkeys(RolesKeys.__annotations__, MannerKeys),
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
