"""What is heard from the start of a tone on: the tone itself, and whatever of ours sounds with it.

A bell may ring on under a countdown, a rest and a bell may begin at once. Each is then looked for
together with what is heard beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from voiceguide.model.timeline import Timeline, Tone
from voiceguide.sound import tones

LONGEST_MS = 500
"""So much of a sound is compared; a bell that rings for 2.4 s is known by then."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sound of a pattern."""

    sound: str
    """Its name in `sounds/`."""
    start_ms: int
    """From the start of the pattern; below 0 for one that rings on into it."""
    end_ms: int


Pattern = tuple[Part, ...]
"""The first part is the tone itself, from 0 to the end of the pattern."""


@cache
def length_ms(sound: str) -> int:
    """How long a sound of ours is."""
    return tones.length_ms(sound)


def alone(sound: str) -> Pattern:
    """The pattern of a sound with nothing beside it."""
    return (Part(sound, 0, min(length_ms(sound), LONGEST_MS)),)


def ours(timeline: Timeline) -> tuple[Tone, ...]:
    """The tones that are sounds of `sounds/`; a listener's own may not be on this machine."""
    known = set(tones.names())
    return tuple(tone for tone in timeline.tones if tone.sound in known)


def patterns(due: Sequence[Tone]) -> tuple[Pattern, ...]:
    """The pattern of each tone, in the order of the tones.

    Args:
        due: tones of ours, in order of their start.
    """
    longest_ms = max((tone.end_ms - tone.start_ms for tone in due), default=0)
    return tuple(
        (_part(tone, tone), *_beside(due, number, longest_ms)) for number, tone in enumerate(due)
    )


def _beside(due: Sequence[Tone], number: int, longest_ms: int) -> Iterator[Part]:
    """What sounds during the tone of this number."""
    tone = due[number]
    end_ms = tone.start_ms + _part(tone, tone).end_ms
    first = number
    while first and due[first - 1].start_ms > tone.start_ms - longest_ms:
        first -= 1
    while first < len(due) and due[first].start_ms < end_ms:
        other = due[first]
        if first != number and other.end_ms > tone.start_ms:
            yield _part(other, tone)
        first += 1


def _part(other: Tone, tone: Tone) -> Part:
    start_ms, end_ms = other.start_ms - tone.start_ms, other.end_ms - tone.start_ms
    return Part(other.sound, start_ms, min(end_ms, LONGEST_MS))
