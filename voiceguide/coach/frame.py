"""The frame of a session: when its parts begin and end, and the tones that mark them.

Nothing spoken can move anything here; only the lengths of `say` without `within` and of
`prepare: auto` come from their words (`docs/script-format.md`, "Timing").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from voiceguide.model.audio import ToneSound
from voiceguide.model.roles import ToneRole
from voiceguide.model.session import Part
from voiceguide.model.timeline import Tone
from voiceguide.model.units import ceil_to

HALF_SECOND_MS = 500
"""A `say` is rounded up to this; nothing but a boundary tone sounds before it in a session."""
SAY_TAIL_MS = 400
"""Quiet after a `say`."""
BEFORE_SIGNAL_MS = 300
"""Speech ends this long before a countdown or a boundary."""
AFTER_TONE_MS = 100
"""Speech begins this long after a boundary tone, where the room is free."""
MIN_COUNTDOWN_SEGMENT_MS = 10_000

Tones = Mapping[ToneRole, ToneSound]
_COUNTED = {"prepare", "rest", "switch"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part in its place: a segment in the making."""

    index: int
    """Of the segment."""
    part: Part
    part_index: int
    start_ms: int
    end_ms: int
    lead_ms: int
    """Tone, quiet start or wake lead-in at its beginning."""
    toned: bool = False
    """A tone marks its beginning."""
    countdown_ms: tuple[int, ...] = ()
    """Moments of the countdown, in order."""
    early_ms: int = 0
    """So long before their moments its spoken numbers begin, at most."""
    open_end: bool = False
    """Speech may run on into the next segment: no tone lies between them."""
    ticks_covered: int = 0
    """How many tones of the countdown gave way to sounds of the script."""
    finish_ms: int | None = None
    """Where the finish tone begins, if it ends with this segment."""

    @property
    def length_ms(self) -> int:
        """From start to end."""
        return self.end_ms - self.start_ms

    @property
    def sounds(self) -> tuple[tuple[int, int], ...]:
        """When sounds of the script are heard in it: (from, until)."""
        begins = ((self.start_ms + cue.at_ms, cue.sound_ms) for cue in self.part.cues)
        return tuple((start, start + length) for start, length in begins if length)

    @property
    def speech_from_ms(self) -> int:
        """The first moment at which speech may begin."""
        spare = AFTER_TONE_MS if self.toned else 0
        return min(self.start_ms + self.lead_ms + spare, self.end_ms)

    def speech_until_ms(self, given_way: int = 0) -> int:
        """The last moment at which speech may end, with the first tones of the countdown gone."""
        kept = self.countdown_ms[given_way:]
        end = min(kept[0] - self.early_ms if kept else self.end_ms, self.finish_ms or self.end_ms)
        if end == self.end_ms and self.open_end:
            return end
        return max(end - BEFORE_SIGNAL_MS, self.start_ms)


@dataclass(frozen=True, slots=True)
class Frame:
    """All stretches of a session, and its boundary tones."""

    stretches: tuple[Stretch, ...]
    tones: tuple[Tone, ...]
    too_long: tuple[tuple[int, int], ...]
    """(part index of a slot's rest, ms too many) where measured words burst their slot."""

    @property
    def duration_ms(self) -> int:
        """Length of the session."""
        return self.stretches[-1].end_ms if self.stretches else 0


def lay_out(
    parts: Sequence[Part],
    tones: Tones,
    words_ms: Callable[[int], int],
    early_ms: Callable[[int], int],
    wakes: frozenset[int],
) -> Frame:
    """The frame of a row of parts.

    Args:
        parts: the session.
        tones: sound and length of each role of tone.
        words_ms: what the words of a part last that is as long as its words (part index -> ms);
            0 leaves the part out.
        early_ms: how long before their moments the numbers of a part's countdown begin, at most
            (part index -> ms).
        wakes: parts before which headphones must be woken.
    """
    finish_after = max((i for i, part in enumerate(parts) if part.kind != "talk"), default=-1)
    stretches: list[Stretch] = []
    signals: list[Tone] = []
    lengths: list[int] = []
    too_long: list[tuple[int, int]] = []
    carried: Part | None = None
    now = 0
    for index, written in enumerate(parts):
        part = _carry(carried, written)
        before = stretches[-1].part if stretches else None
        role = boundary_role(before, part, finished=index > finish_after)
        lead = _lead(part, role, tones, first=not stretches, wake=index in wakes)
        if part.length_ms is not None:
            length = part.length_ms
        elif part.fills is not None:
            slot_ms, count = part.fills
            length = slot_ms - sum(lengths[len(lengths) - count :])
            if length < 0:
                too_long.append((index, -length))
                length = 0
        else:
            words = words_ms(index)
            length = ceil_to(lead + words + SAY_TAIL_MS, HALF_SECOND_MS) if words else 0
        lengths.append(length)
        carried = part if length == 0 else None
        if length == 0:
            continue
        if role is not None:
            signals.append(_signal(role, tones, now, now + length, len(stretches)))
        stretches.append(
            Stretch(
                len(stretches), part, index, now, now + length, min(lead, length), role is not None
            )
        )
        now += length
    return _finish(stretches, signals, tones, tuple(too_long), early_ms)


def boundary_role(before: Part | None, part: Part, *, finished: bool) -> ToneRole | None:
    """The tone on the boundary into `part`: into or out of work, or the end of what is done."""
    if part.kind == "work":
        return "start" if part.coaching.starts else None
    if finished and before is not None and before.kind != "talk":
        return "finish" if before.coaching.starts else None
    if before is None or before.kind != "work" or not before.coaching.starts:
        return None
    return "switch" if part.kind == "switch" else "rest"


def _lead(part: Part, role: ToneRole | None, tones: Tones, *, first: bool, wake: bool) -> int:
    if role is not None:
        return tones[role].length_ms
    if first:
        return HALF_SECOND_MS
    return part.coaching.wake_ms if wake else 0


def _carry(gone: Part | None, part: Part) -> Part:
    """`part` with the marks of a part before it that takes no time."""
    if gone is None:
        return part
    still_open = (b for b in gone.block_begins if b.holds(part))
    return replace(
        part,
        block_begins=(*still_open, *part.block_begins),
        step_begins=gone.step_begins or part.step_begins,
        round_begins=gone.round_begins or part.round_begins,
    )


def _signal(role: ToneRole, tones: Tones, start: int, latest_end: int, segment: int) -> Tone:
    sound = tones[role]
    end = min(start + sound.length_ms, latest_end)
    return Tone(role=role, start_ms=start, end_ms=end, sound=sound.sound, segment=segment)


def _finish(
    stretches: list[Stretch],
    signals: list[Tone],
    tones: Tones,
    too_long: tuple[tuple[int, int], ...],
    early_ms: Callable[[int], int],
) -> Frame:
    """The frame with countdowns, open ends and the closing finish."""
    done: list[Stretch] = []
    tick_ms = tones["countdown"].length_ms
    for stretch, after in zip_longest(stretches, stretches[1:]):
        open_end = after is not None and not (after.toned or after.part.named)
        open_end = open_end and not (as_long_as_its_words(stretch) or as_long_as_its_words(after))
        if open_end and (ticks := _countdown(after)):
            open_end = ticks[0] >= after.start_ms + BEFORE_SIGNAL_MS
        ticks = _countdown(stretch)
        heard = tuple(at for at in ticks if not _covers(stretch.sounds, at, at + tick_ms))
        covered = len(ticks) - len(heard)
        done.append(
            replace(
                stretch,
                countdown_ms=heard,
                ticks_covered=covered,
                early_ms=early_ms(stretch.part_index) if heard else 0,
                open_end=open_end,
            )
        )
    if done and done[-1].part.kind != "talk" and done[-1].part.coaching.starts:
        last = done[-1]
        lead_ms = last.lead_ms if last.part.kind == "work" else 0
        free_from = max((last.start_ms + lead_ms, *(end for _, end in last.sounds)))
        start = max(last.end_ms - tones["finish"].length_ms, min(free_from, last.end_ms - 200))
        start = max(start, last.start_ms)
        signals.append(_signal("finish", tones, start, last.end_ms, last.index))
        done[-1] = replace(last, finish_ms=start)
    return Frame(tuple(done), tuple(signals), too_long)


def _covers(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(low < end and start < high for low, high in spans)


def as_long_as_its_words(stretch: Stretch | None) -> bool:
    """A talk that its own words (or its sound) fill: no room for anything else."""
    return stretch is not None and stretch.part.kind == "talk" and not stretch.part.within


def _countdown(stretch: Stretch) -> tuple[int, ...]:
    part = stretch.part
    timed = part.kind == "work" and part.reps is None and not part.own_pace
    if stretch.length_ms < MIN_COUNTDOWN_SEGMENT_MS or not (part.kind in _COUNTED or timed):
        return ()
    moments = (stretch.end_ms - 1000 * n for n in range(part.coaching.countdown, 0, -1))
    marked = stretch.toned or stretch.start_ms == 0
    clear_from = stretch.start_ms + stretch.lead_ms if marked else stretch.start_ms
    return tuple(moment for moment in moments if moment >= clear_from)
