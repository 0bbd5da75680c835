"""Where on a timeline live play may stand still, and where its keys lead. All in frames.

Keys are pressed at any moment; what they do begins and ends where no cue is cut: at the start of a
segment, at the start of a cue, or in the quiet between cues.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter
from typing import Literal

from voiceguide.model.timeline import Segment, Speech, Timeline
from voiceguide.model.units import ms_to_frames

BACK_MS = 3_000
"""`previous` later than this in a segment leads to its own start."""

_GAPS = frozenset({"rest", "switch", "prepare"})
_ANNOUNCING = frozenset({"block", "round", "name", "side"})

Span = tuple[int, int]
"""(from, until) in frames."""


class Route:
    """A timeline, asked for places."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.n_frames = ms_to_frames(timeline.duration_ms)
        self._segment_starts = [ms_to_frames(each.start_ms) for each in timeline.segments]
        self._starts = [ms_to_frames(cue.start_ms) for cue in timeline.cues]
        self._reach = list(accumulate((ms_to_frames(cue.end_ms) for cue in timeline.cues), max))
        """For each cue where it, and all before it, have ended: finds what sounds at a frame."""

    def segment_at(self, frame: int) -> Segment:
        """The segment that a frame lies in; the last one from its end on."""
        return self.timeline.segments[max(bisect_right(self._segment_starts, frame) - 1, 0)]

    def after(self, segment: Segment) -> Segment | None:
        """The segment that follows, None after the last."""
        following = segment.index + 1
        segments = self.timeline.segments
        return segments[following] if following < len(segments) else None

    def following(self, segment: Segment) -> Segment | None:
        """The next segment that is work or has a name, None where there is none."""
        later = self.timeline.segments[segment.index + 1 :]
        return next((each for each in later if each.kind == "work" or each.label), None)

    def asked(self, segment: Segment) -> str:
        """What a wait asks for, in the author's words; empty where they are not spoken."""
        if segment.kind != "wait":
            return ""
        first, end = ms_to_frames(segment.start_ms), ms_to_frames(segment.end_ms)
        cues = (self.timeline.cues[index] for index in self._from(self._starts, first, end))
        return " ".join(
            cue.text for cue in cues if isinstance(cue, Speech) and cue.role == "script"
        )

    def begun(self, first: int, last: int) -> list[tuple[Literal["segment", "cue"], int, int]]:
        """What begins in [first, last), in order: what it is, its index, its frame."""
        segments = self._from(self._segment_starts, first, last)
        cues = self._from(self._starts, first, last)
        found: list[tuple[Literal["segment", "cue"], int, int]] = [
            *(("segment", index, self._segment_starts[index]) for index in segments),
            *(("cue", index, self._starts[index]) for index in cues),
        ]
        return sorted(found, key=itemgetter(2))

    def whole(self, frame: int) -> int:
        """The start of what sounds at a frame, so that nothing begins in the middle of a word."""
        while (first := bisect_right(self._reach, frame)) < bisect_left(self._starts, frame):
            frame = min(self._starts[first : bisect_left(self._starts, frame)])
        return frame

    def next(self, frame: int) -> int:
        """The start of the segment after the one at `frame`, or the end."""
        return ms_to_frames(self.segment_at(frame).end_ms)

    def previous(self, frame: int) -> int:
        """The start of this segment; of the one before it, soon after it began."""
        here = self.segment_at(frame)
        if frame - ms_to_frames(here.start_ms) > ms_to_frames(BACK_MS) or here.index == 0:
            return ms_to_frames(here.start_ms)
        return ms_to_frames(self.timeline.segments[here.index - 1].start_ms)

    def repeat(self, frame: int) -> int:
        """The start of the set at `frame`, or of the last one before it; of both sides the first.

        Where there was none yet, the start of the session.
        """
        segments = self.timeline.segments
        last = self.segment_at(frame).index
        while last > 0 and segments[last].kind != "work":
            last -= 1
        first = last
        while (
            first > 1
            and segments[first - 1].kind == "switch"
            and _same_set(segments[first - 2], segments[last])
        ):
            first -= 2
        return ms_to_frames(segments[first].start_ms)

    def skip_rest(self, frame: int) -> int | None:
        """Where a rest goes on that need not last: at the name of what is next, then its countdown.

        None where there is no rest; its end where neither is still ahead.
        """
        here = self.segment_at(frame)
        if here.kind not in _GAPS:
            return None
        end = ms_to_frames(here.end_ms)
        for index in self._from(self._starts, frame + 1, end):
            cue = self.timeline.cues[index]
            if isinstance(cue, Speech) and cue.role in _ANNOUNCING:
                return self._starts[index]
        countdown = self._countdown(here, end)
        return countdown if countdown > frame else end

    def more_rest(self, frame: int) -> int | None:
        """Where rest is put in: the next quiet before the announcement of what comes next.

        In the rest at `frame`, or in the one that directly follows; None where there is neither.
        During a countdown it is before its first tone, so that it is heard as a whole.
        """
        here = self.segment_at(frame)
        if here.kind not in _GAPS:
            following = self.after(here)
            if following is None or following.kind not in _GAPS:
                return None
            here = following
        end = ms_to_frames(here.end_ms)
        first = max(frame, ms_to_frames(here.start_ms))
        return self._quiet(first, self._countdown(here, end))

    def hold(self, segment: Segment) -> int:
        """Where a segment waits for the listener: after what it says itself, before the next."""
        first, end = ms_to_frames(segment.start_ms), ms_to_frames(segment.end_ms)
        return max(self._silences(first, end), key=_length, default=(end, end))[1]

    def shortcuts(self, keep_ms: int) -> dict[int, int]:
        """Ways over silence longer than `keep_ms`: where it has lasted so long -> its end."""
        keep = ms_to_frames(keep_ms)
        return {
            first + keep: last
            for first, last in self._silences(0, self.n_frames)
            if last - first > keep
        }

    @staticmethod
    def _from(starts: list[int], first: int, last: int) -> range:
        """Indices of what begins in [first, last)."""
        return range(bisect_left(starts, first), bisect_left(starts, last))

    def _quiet(self, first: int, last: int) -> int:
        """The longest silence in [first, last): its start; `last` where there is none."""
        return max(self._silences(first, last), key=_length, default=(last, last))[0]

    def _countdown(self, segment: Segment, end: int) -> int:
        """The first frame of a segment's countdown; its end where it has none."""
        for index in self._from(self._starts, ms_to_frames(segment.start_ms), end):
            if self.timeline.cues[index].role == "countdown":
                return self._starts[index]
        return end

    def _silences(self, first: int, last: int) -> Iterator[Span]:
        """Stretches of [first, last) in which no cue sounds, in order."""
        at = first
        for index in range(bisect_right(self._reach, first), bisect_left(self._starts, last)):
            if self._starts[index] > at:
                yield at, self._starts[index]
            at = max(at, self._reach[index])
        if at < last:
            yield at, last


def holds(route: Route, *, waits: bool, between: bool) -> dict[int, int]:
    """Frames at which live play waits for the listener, each with the segment that it holds.

    Args:
        route: the session.
        waits: at each `wait`, and at the end of work at the listener's own pace.
        between: before each exercise, ahead of its announcement.
    """
    found: dict[int, int] = {}
    segments = route.timeline.segments
    for segment in segments:
        if waits and (segment.kind == "wait" or segment.own_pace):
            found[route.hold(segment)] = segment.index
        if between and segment.kind == "work" and _begins(segments, segment.index):
            before = segments[max(segment.index - 1, 0)]
            if before.kind == "wait" and waits:
                continue
            speaks_ahead = before.kind != "work" and before.index != segment.index
            place = route.hold(before) if speaks_ahead else ms_to_frames(segment.start_ms)
            found.setdefault(place, before.index)
    return found


def is_open(segment: Segment) -> bool:
    """Whether it is the listener who ends a segment."""
    return segment.kind == "wait" or segment.own_pace


def _begins(segments: tuple[Segment, ...], index: int) -> bool:
    """Whether work is the first of its exercise: not a later set or side of the one before it."""
    this = segments[index]
    before = next((each for each in reversed(segments[:index]) if each.kind == "work"), None)
    return before is None or (before.label, before.block, before.loops) != (
        this.label,
        this.block,
        this.loops,
    )


def _same_set(one: Segment, other: Segment) -> bool:
    return one.kind == "work" and (one.label, one.set, one.loops) == (
        other.label, other.set, other.loops,
    )  # fmt: skip


def _length(span: Span) -> int:
    return span[1] - span[0]
