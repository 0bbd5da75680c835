"""The timeline: what happens when, in integer milliseconds from the start.

One value of `Timeline` drives the file, live play, every export and every test. Its JSON form is
public (`docs/script-format.md`, "The timeline") and is carried in the tags of a finished file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from voiceguide.model.phrase import Phrase
from voiceguide.model.roles import SpeechRole, ToneRole

SegmentKind = Literal["talk", "prepare", "work", "rest", "switch", "wait"]
Side = Literal["left", "right", "alternate"]
Form = Literal["full", "short", "name"]
TIMELINE_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One stretch of the session. Segments touch; the first starts at 0."""

    index: int
    kind: SegmentKind
    label: str | None
    """What it is called, in the author's words."""
    exercise: str | None = None
    """Id in the exercise library, where it is one of its moves."""
    level: int | None = None
    block: str | None = None
    start_ms: int
    end_ms: int
    side: Side | None = None
    set: int | None = None
    sets: int | None = None
    loops: tuple[tuple[int, int], ...] = ()
    """(round, rounds) of each `repeat` and `every` around it, outermost first."""
    round: int | None = None
    rounds: int | None = None
    reps: int | None = None
    unit: str | None = None
    rep_ms: int | None = None
    """From the start of one rep (or hold) to the start of the next."""
    hold_ms: int | None = None
    tempo: str | None = None
    starts: Literal["down", "up"] | None = None
    marks_ms: tuple[int, ...] = ()
    """Starts of the reps, or of the holds."""
    own_pace: bool = False
    target: str | None = None
    distance: str | None = None
    line: int | None = None

    @property
    def length_ms(self) -> int:
        """From start to end, in ms."""
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A spoken cue."""

    role: SpeechRole
    start_ms: int
    end_ms: int
    text: str
    """As written in the script or the phrase book, its placeholders filled in."""
    spoken: str
    """What the engine was given."""
    language: str | None = None
    """BCP 47, where it is not the language of the session."""
    file: str | None = None
    """The recording that is heard in place of a voice."""
    voice: str | None = None
    """Who says it, where that is not the voice of the session in its own manner."""
    about: int | None
    """Index of the segment it speaks of."""
    form: Form = "full"
    speed: float = 1.0
    """1.0 to 1.15; the clip is stretched by it, its pitch kept."""
    beat_ms: int | None = None
    """When the stressed syllable of a counted number is heard; null for all other words."""
    segment: int
    """Index of the segment in which it starts."""

    @property
    def phrase(self) -> Phrase:
        """What is said, as the voices take it."""
        return Phrase(self.text, self.language, self.file, self.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """A tone cue. A sound longer than the cue is faded out at its end."""

    role: ToneRole
    start_ms: int
    end_ms: int
    sound: str
    """Name in `sounds/`, or the path of a file that the script names."""
    segment: int


Cue = Speech | Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A cue that was shortened (`form` says to what) or left out (`form` is null), and why."""

    role: SpeechRole | ToneRole
    text: str
    segment: int
    reason: str
    form: Form | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A named part of the file. Chapters touch; the first starts at 0."""

    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A whole session, ready to be mixed, played or exported."""

    title: str
    language: str
    voice: str
    """`engine:voice@rate`, rate in words a minute."""
    estimated: bool
    """True where lengths of clips are estimates, not measurements."""
    duration_ms: int
    segments: tuple[Segment, ...]
    cues: tuple[Cue, ...]
    """In the order of `start_ms`."""
    dropped: tuple[Dropped, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def speech(self) -> tuple[Speech, ...]:
        """The spoken cues, in order."""
        return tuple(cue for cue in self.cues if isinstance(cue, Speech))

    @property
    def tones(self) -> tuple[Tone, ...]:
        """The tone cues, in order."""
        return tuple(cue for cue in self.cues if isinstance(cue, Tone))


def dump(timeline: Timeline, *, indent: int | None = None) -> str:
    """The public JSON form of a timeline, as UTF-8 text with no escapes for letters."""
    body = {
        "voiceguide_timeline": TIMELINE_FORMAT,
        **_told(timeline),
        "segments": [_told(segment) for segment in timeline.segments],
        "cues": [
            {"kind": "speech" if isinstance(cue, Speech) else "tone", **_told(cue)}
            for cue in timeline.cues
        ],
        "dropped": [_told(dropped) for dropped in timeline.dropped],
        "chapters": [_told(chapter) for chapter in timeline.chapters],
    }
    return json.dumps(body, ensure_ascii=False, indent=indent)


def _told(value: Timeline | Segment | Cue | Dropped | Chapter) -> dict[str, Any]:
    """Its fields by name. `asdict` copies what they hold, which takes ten times as long."""
    return {name: getattr(value, name) for name in value.__slots__}


def parse(text: str) -> Timeline:
    """The timeline that `dump` wrote.

    Raises:
        ValueError: the text is not a timeline of a format this version reads.
    """
    try:
        body: dict[str, Any] = json.loads(text)
        if body.pop("voiceguide_timeline") != TIMELINE_FORMAT:
            raise ValueError("a timeline of another format")
        return Timeline(
            **{
                **body,
                "segments": tuple(_segment(item) for item in body["segments"]),
                "cues": tuple(_cue(item) for item in body["cues"]),
                "dropped": tuple(Dropped(**item) for item in body["dropped"]),
                "chapters": tuple(Chapter(**item) for item in body["chapters"]),
                "equipment": tuple(body["equipment"]),
                "warnings": tuple(body["warnings"]),
            }
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a voiceguide timeline: {error}") from error


def _segment(item: dict[str, Any]) -> Segment:
    return replace(
        Segment(**item),
        loops=tuple((turn, turns) for turn, turns in item["loops"]),
        marks_ms=tuple(item["marks_ms"]),
    )


def _cue(item: dict[str, Any]) -> Cue:
    fields = {key: value for key, value in item.items() if key != "kind"}
    return Speech(**fields) if item["kind"] == "speech" else Tone(**fields)
