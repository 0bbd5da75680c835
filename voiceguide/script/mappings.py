"""Mappings inside of the header and of steps: a voice, music, the coach, defaults, words, cues.

See `script.shapes`, which says where each of them may stand.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Tag,
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
from voiceguide.script.durations import moment
from voiceguide.script.faults import Refused, quoted
from voiceguide.script.fields import a_list, a_mapping
from voiceguide.script.nodes import Scalar
from voiceguide.script.scalars import in_braces, language

CONFIG = ConfigDict(extra="forbid")
IN_MAPPING = BeforeValidator(a_mapping)


@with_config({**CONFIG, "title": "words"})
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


def _words_or_keys(value: object) -> str:
    """How words are written; `{round}` without quotes was meant as words."""
    meant = in_braces(value) not in {None, *PhraseKeys.__annotations__}
    return f.ONE if meant else f.one_or_keys(value)


Said = Annotated[
    Annotated[f.Words, Tag(f.ONE)] | Annotated[PhraseKeys, AfterValidator(_phrase), Tag(f.KEYS)],
    Discriminator(_words_or_keys),
]


@with_config({**CONFIG, "title": "cue"})
class CueKeys(TypedDict, total=False):
    """A sound, words, or both at a moment of the work."""

    at: Required[f.Moment]
    """When: `20s` from the start of the work, `half`, or `-10s` from its end."""
    say: Said
    """The words, as `say` elsewhere; they come after the sound."""
    sound: f.Name
    """A name of `voiceguide sounds`, or a file beside the script."""


@with_config({**CONFIG, "title": "voice"})
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
    pronounce: Annotated[dict[str, f.Name], IN_MAPPING, AfterValidator(lambda d: tuple(d.items()))]
    """Words, and how they are spoken: `RDL: R D L`."""


@with_config({**CONFIG, "title": "manner"})
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


@with_config({**CONFIG, "title": "roles"})
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


RolesField = Annotated[RolesKeys, IN_MAPPING, AfterValidator(lambda d: tuple(d.items()))]


@with_config({**CONFIG, "title": "music"})
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


@with_config({**CONFIG, "title": "coach"})
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
    earcon: f.Flag
    """A soft signal just before words that come out of quiet. Default false."""


@with_config({**CONFIG, "title": "defaults"})
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


def a_list_of_cues(value: object) -> object:
    """The value, where it is a list; a moment alone, or words alone, have another cure."""
    if isinstance(value, Scalar) and not value.is_null:
        raise Refused(f"expected a list (got {quoted(value.text)})", f"write `[{_as_cue(value)}]`")
    return a_list(value)


def _a_cue(value: object) -> object:
    """The value, where it is a mapping, as above."""
    if isinstance(value, Scalar) and not value.is_null:
        message = f"expected keys and values (got {quoted(value.text)})"
        raise Refused(message, f"write `{_as_cue(value)}`")
    return a_mapping(value)


def _as_cue(value: Scalar) -> str:
    """A cue at the moment that is written, or with the words that are."""
    with suppress(Refused):
        moment(value)
        return f"{{at: {value.text.strip()}, say: ...}}"
    return f'{{at: half, say: "{value.text[:40]}"}}'


def _a_voice(value: object) -> object:
    """The value, where it is a mapping; a name alone has its cure."""
    if isinstance(value, Scalar) and not value.is_null:
        cure = f"write `{{name: {value.text[:40]}}}`"
        with suppress(Refused):
            cure += f", or `language: {language(value)}` for the language"
        raise Refused(f"expected keys and values (got {quoted(value.text)})", cure)
    return a_mapping(value)


def _voice(keys: Any) -> Voice:  # noqa: ANN401  as read from `VoiceKeys`
    """A voice; a command line stands for engine and name."""
    if "command" not in keys:
        return Voice(**keys)
    if keys.get("engine", "command") != "command" or "name" in keys:
        raise Refused("`command` names the engine and the voice", "leave `engine` and `name` out")
    return Voice(**{**keys, "engine": None})


CoachField = Annotated[CoachKeys, IN_MAPPING, AfterValidator(lambda d: Coach(**d))]
DefaultsField = Annotated[DefaultsKeys, IN_MAPPING, AfterValidator(lambda d: Defaults(**d))]
VoiceField = Annotated[VoiceKeys, BeforeValidator(_a_voice), AfterValidator(_voice)]
MusicField = Annotated[
    Annotated[f.Names, AfterValidator(lambda names: Music(files=names)), Tag(f.ONE)]
    | Annotated[MusicKeys, AfterValidator(_music), Tag(f.KEYS)],
    Discriminator(f.one_or_keys),
]
VariablesField = Annotated[
    dict[f.VariableName, f.Default], IN_MAPPING, AfterValidator(variables.declare)
]
WithField = Annotated[dict[f.VariableName, f.Text], IN_MAPPING]
CueField = Annotated[CueKeys, BeforeValidator(_a_cue), AfterValidator(_cue)]
