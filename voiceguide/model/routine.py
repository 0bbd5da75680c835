"""The routine: a script as its author wrote it, checked, with every unit resolved.

Nothing is filled in here. `None` means "not written": what then counts is decided in
`script.unroll`, which alone knows the order of defaults.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from voiceguide.model.phrase import Phrase
from voiceguide.model.roles import SpeechRole

Sides = Literal["none", "left-right", "right-left", "each", "left", "right", "alternate"]
Order = Literal["per-set", "per-side"]
Talk = Literal["full", "short", "names", "beeps"]
Starts = Literal["down", "up"]
VariableType = Literal["number", "duration", "boolean", "text"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A number that is a placeholder, as in `reps: "{round}"`."""

    name: str


@dataclass(frozen=True, slots=True)
class Range:
    """A range of reps: the lower end is timed, the range is told."""

    low: int
    high: int


Number = int | Variable
Length = int | Variable
"""A duration in ms."""
Reps = int | Range | Variable
Lengths = Length | tuple[Length, ...]
"""One value, or one for each set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks."""

    engine: str | None = None
    name: str | None = None
    command: str | None = None
    """The command line of the engine `command`, which stands for engine and name."""
    rate: int | None = None
    """Words a minute."""
    pitch: float | None = None
    """Semitones above the voice's own."""
    volume: float | None = None
    """dB above the level of all voices."""
    pronounce: tuple[tuple[str, str], ...] = ()

    @property
    def speaks(self) -> tuple[str | None, str | None]:
        """Engine and name, of which `command` is a case."""
        return (self.engine, self.name) if self.command is None else ("command", self.command)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the words of one role are said; `None` leaves it to the voice."""

    voice: Literal["voice", "voice2"] = "voice"
    rate: int | None = None
    """Words a minute."""
    pitch: float | None = None
    """Semitones above the voice's own."""
    volume: float | None = None
    """dB above the level of all voices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """What is heard below the voice; each name is that of a file, a folder or a sound of ours."""

    files: tuple[str, ...] | None = None
    """Through the whole session."""
    work: tuple[str, ...] | None = None
    """While there is work; with `rest` in place of `files`."""
    rest: tuple[str, ...] | None = None
    click: int | None = None
    """A metronome in timed work, in beats a minute."""
    under_voice_db: int | None = None
    duck_db: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coach:
    """What the coach says; `None` leaves it to whatever is further out."""

    talk: Talk | None = None
    countdown: int | None = None
    countdown_voice: bool | None = None
    starts: bool | None = None
    count_reps: int | Literal["all", "none"] | None = None
    """A number N stands for `last-N`."""
    halfway: bool | None = None
    tips: bool | None = None
    praise: bool | None = None
    remaining: tuple[int, ...] | None = None
    """Each in ms."""
    wake: int | bool | None = None
    """True, False, or a length in ms."""
    earcon: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """Values for the steps of a script or a block that do not write their own."""

    rest: int | None = None
    rest_label: str | None = None
    rest_range: tuple[int, int] | None = None
    switch: int | None = None
    pace: int | Literal["own"] | None = None
    tempo: str | None = None
    release: int | None = None
    sets: int | None = None
    sides: Sides | None = None
    order: Order | None = None
    prepare: int | Literal["auto"] | None = None
    level: int | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedCue:
    """A sound, words, or both at a moment of the work.

    `at` is ms from its start, below 0 from its end, or half.
    """

    at: int | Literal["half"]
    say: Phrase | None = None
    sound: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    line: int = field(default=0, compare=False)
    """Line of the step in its script, from 1."""
    path: str = field(default="", compare=False)
    """Path of keys to the step, for messages: `steps[2].steps[0]`."""
    optional: bool = False
    """It may be left out where a session is fitted to a length; else it is done like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(_Step):
    """Work."""

    exercise: str
    duration: Lengths | None = None
    reps: Reps | tuple[Reps, ...] | None = None
    hold: Lengths | None = None
    unit: str | None = None
    pace: Length | Literal["own"] | None = None
    tempo: str | None = None
    starts: Starts | None = None
    estimate: Length | None = None
    release: Length | None = None
    distance: str | None = None
    target: str | tuple[str, ...] | None = None
    sets: Number | None = None
    rest: Lengths | None = None
    rest_label: str | None = None
    rest_range: tuple[int, int] | None = None
    sides: Sides | None = None
    switch: Length | None = None
    order: Order | None = None
    prepare: Length | Literal["auto"] | None = None
    level: int | str | Variable | None = None
    say: Phrase | None = None
    cues: tuple[TimedCue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest(_Step):
    """A pause, which may have a name and words of its own."""

    rest: Length
    label: str | None = None
    say: Phrase | None = None
    rest_range: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(_Step):
    """Words that take the time they need, or exactly `within`."""

    say: Phrase
    within: Length | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound(_Step):
    """One sound, as long as it lasts."""

    sound: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(_Step):
    """A named part, with a chapter."""

    block: str
    steps: tuple[Step, ...]
    coach: Coach | None = None
    defaults: Defaults | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(_Step):
    """Rounds."""

    repeat: Number
    steps: tuple[Step, ...]
    rest: Length | None = None
    rest_label: str | None = None
    rest_range: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Every(_Step):
    """Slots of one exact length; what the steps leave over is rest."""

    every: Length
    steps: tuple[Step, ...]
    rounds: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(_Step):
    """Hands over to the listener; a file takes `estimate`."""

    wait: str
    estimate: Length | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amrap(_Step):
    """As many rounds as possible in a time; the steps say what a round is, and are not timed."""

    amrap: Length
    steps: tuple[Exercise | Rest, ...]
    prepare: Length | Literal["auto"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Include(_Step):
    """The steps of another script."""

    include: str
    with_: tuple[tuple[str, str], ...] = ()
    """Values for names of the other script, as written."""
    origin: str = field(default="", compare=False)
    """Name of the other script in messages."""
    defaults: Defaults | None = None
    """Those of the other script, which hold for its steps."""
    steps: tuple[Step, ...]


Step = Exercise | Rest | Say | Sound | Block | Repeat | Every | Wait | Amrap | Include


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A variable of a script: `{name}` in it stands for the default, or for what a call sets."""

    name: str
    default: str
    """As written."""
    type: VariableType
    """What other values have to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A whole script."""

    title: str
    description: str | None = None
    audience: str | None = None
    """Whom it is for."""
    source: str | None = None
    """Where its structure is from."""
    variables: tuple[Declared, ...] = ()
    """Their values are in the steps already."""
    language: str = "en"
    level: int | str | None = None
    fit: int | None = None
    """The exact total length in ms."""
    rest_range: tuple[int, int] | None = None
    phrases: str | None = None
    """A file with words of the author's own for the coach."""
    recordings: str | None = None
    """A folder of recordings, found by their words."""
    voice: Voice = Voice()
    voice2: Voice | None = None
    """A second voice, for the roles that ask for it."""
    roles: tuple[tuple[SpeechRole, Manner], ...] = ()
    """Who says the words of a role, and how, where that is not the voice as it is."""
    music: Music = Music()
    coach: Coach = Coach()
    defaults: Defaults = Defaults()
    steps: tuple[Step, ...]
