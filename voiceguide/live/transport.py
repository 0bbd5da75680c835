"""The state of live play: what the next frames are, and what a key makes of them.

Everything is decided by the position in frames. There is no clock here: who takes frames says how
fast time goes, and a pause takes frames of silence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from voiceguide.live.route import Route, holds, is_open
from voiceguide.model.units import RATE_HZ, ms_to_frames

Action = Literal[
    "pause", "go", "next", "previous", "repeat", "more_rest", "skip_rest", "louder", "softer",
    "help", "quit",
]  # fmt: skip
Mode = Literal["playing", "paused", "waiting", "resting", "ended"]
EventName = Literal["cue", "segment", "pause", "resume", "skip", "wait", "go", "rest", "end"]

FADE_FRAMES = ms_to_frames(8)
"""Before and after silence of ours: short for the ear, long enough not to click."""
MORE_REST_FRAMES = 15 * RATE_HZ
REMIND_FRAMES = 20 * RATE_HZ
PROOF_SILENCE_MS = 1_000
_KEEP_REST = frozenset({"more_rest", "device", "proof"})
"""What asked for a jump after which the rest that was put in still comes."""


@dataclass(frozen=True, slots=True)
class Run:
    """Frames to be played one after the other."""

    source: Literal["session", "reminder", "silence"]
    first: int
    """Where they lie in their source."""
    n_frames: int
    gain: tuple[float, float] = (1.0, 1.0)
    """At the first frame and after the last, straight between."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that begins with one frame of what was taken."""

    name: EventName
    offset: int
    """Frames since the start of what was taken."""
    position: int
    """On the timeline, in frames."""
    index: int | None = None
    """Of the cue or the segment."""
    to: int | None = None
    """Where a skip leads."""
    key: str | None = None
    """What asked for it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What `Transport.take` gives: the runs are together as long as was asked."""

    runs: tuple[Run, ...]
    events: tuple[Event, ...]


class Transport:
    """Live play of one session.

    Args:
        route: the session.
        start: first frame to be played.
        waits: hold at each `wait`, and at the end of work at the listener's own pace.
        between: hold before each exercise.
        proof: shorten every silence to a second.
        reminder_frames: length of the tone that reminds of a wait; 0 for none.
    """

    def __init__(
        self,
        route: Route,
        *,
        start: int = 0,
        waits: bool = True,
        between: bool = False,
        proof: bool = False,
        reminder_frames: int = 0,
    ) -> None:
        self.route = route
        self.mode: Mode = "playing"
        self.position = start
        self.waits = waits
        """Whether the listener ends what is open."""
        self._holds = holds(route, waits=waits, between=between)
        """Frame -> segment that holds there."""
        self._shortcuts = route.shortcuts(PROOF_SILENCE_MS) if proof else {}
        self._rests: dict[int, int] = {}
        """Rest that the listener put in: frame -> frames of silence before it."""
        self._stops = sorted({*self._holds, *self._shortcuts})
        self._released = start
        """The hold at this frame is over, or was jumped to."""
        self._reminder_frames = reminder_frames
        self._held = 0
        """Frames since the hold began."""
        self._level = 0 if start else FADE_FRAMES
        """Of the fade: 0 is silence."""
        self._leaving: Callable[[], None] | None = None
        """What happens when the sound has gone down."""
        self._paused: Mode = "playing"
        """What a pause interrupted."""
        self._jumped = False
        self._runs: list[Run] = []
        self._events: list[Event] = []
        self._offset = 0

    @property
    def sounding(self) -> bool:
        """Whether the next frames come from the session."""
        return self.mode == "playing" and self.position < self.route.n_frames

    @property
    def rest_left(self) -> int:
        """Frames that are left of the rest that the listener put in."""
        return self._rests[self.position] - self._held if self.mode == "resting" else 0

    @property
    def rest_ahead(self) -> int:
        """Frames that the listener put into this segment and that are still to come."""
        here = self.route.segment_at(self.position)
        end = ms_to_frames(here.end_ms)
        put_in = sum(n for at, n in self._rests.items() if self.position <= at <= end)
        return put_in - (self._held if self.mode == "resting" else 0)

    @property
    def segment_index(self) -> int:
        """The segment that is being played, or that waits."""
        if self.mode == "waiting":
            return self._holds[self.position]
        return self.route.segment_at(self.position).index

    def take(self, n_frames: int) -> Taken:
        """The next `n_frames`. What lies behind a jump begins with the next call."""
        self._runs, self._offset, self._jumped = [], 0, False
        while (left := n_frames - self._offset) > 0:
            if self._jumped:
                self._emit(Run("silence", 0, left))
            else:
                self._step(left)
        taken = Taken(tuple(self._runs), tuple(self._events))
        self._events, self._offset = [], 0
        return taken

    def press(self, action: Action) -> None:
        """What a key asks for; what makes no sense now does nothing."""
        self._settle()
        if self.mode == "ended":
            return
        match action:
            case "go" | "pause" if self._is_open():
                self._go(action)
            case "go" | "pause" if self.mode == "paused":
                self._resume(action)
            case "pause":
                self._leave(self._pause)
            case "next" | "previous" | "repeat":
                self.jump(getattr(self.route, action)(self.position), action)
            case "skip_rest":
                self._skip_rest()
            case "more_rest":
                self._more_rest()
            case "quit":
                self._leave(lambda: self._end(action))
            case "go" | "louder" | "softer" | "help":
                pass

    def jump(self, position: int, key: str) -> None:
        """Goes on at `position`, playing, whatever was before."""
        self._leave(lambda: self._skip(position, key))

    def _step(self, left: int) -> None:
        match self.mode:
            case _ if self._leaving and not (self.sounding and self._level):
                self._settle()
            case "playing":
                self._play(left)
            case "waiting":
                self._remind(left)
            case "resting":
                self._rest(left)
            case "paused" | "ended":
                self._emit(Run("silence", 0, left))

    def _play(self, left: int) -> None:
        stop = self._next_stop()
        if stop == self.position:
            if self._leaving:
                self._level = 0
            else:
                self._stop()
            return
        falls = self._leaving is not None
        n_frames = min(left, stop - self.position)
        if not falls and stop < self.route.n_frames:
            until_fall = stop - FADE_FRAMES - self.position
            falls = until_fall <= 0
            n_frames = n_frames if falls else min(n_frames, until_fall)
        if falls and self._level:
            n_frames = min(n_frames, self._level)
        elif not falls and self._level < FADE_FRAMES:
            n_frames = min(n_frames, FADE_FRAMES - self._level)
        self._session(n_frames, -n_frames if falls else n_frames)

    def _session(self, n_frames: int, rise: int) -> None:
        first, last = self.position, self.position + n_frames
        level = min(max(self._level + rise, 0), FADE_FRAMES)
        gain = (self._level / FADE_FRAMES, level / FADE_FRAMES)
        for name, index, frame in self.route.begun(first, last):
            self._events.append(Event(name, self._offset + frame - first, frame, index))
        self._level = level
        self._emit(Run("session", first, n_frames, gain))
        self.position = last

    def _next_stop(self) -> int:
        at = bisect_left(self._stops, self.position)
        if at < len(self._stops) and not self._is_due(self._stops[at]):
            at += 1
        return self._stops[at] if at < len(self._stops) else self.route.n_frames

    def _is_due(self, stop: int) -> bool:
        return not (stop == self.position == self._released and stop in self._holds) or (
            stop in self._rests
        )

    def _stop(self) -> None:
        """The position has come to a stop, or to the end."""
        if self.position in self._rests:
            self._hold("resting", "rest")
        elif self.position in self._holds and self.position != self._released:
            self._hold("waiting", "wait")
        elif self.position in self._shortcuts:
            self._skip(self._shortcuts[self.position], "proof")
        else:
            self._end(None)

    def _hold(self, mode: Mode, name: EventName) -> None:
        self.mode, self._held, self._level = mode, 0, 0
        self._tell(name, index=self.segment_index)

    def _remind(self, left: int) -> None:
        into = self._held % REMIND_FRAMES
        if self._held >= REMIND_FRAMES and into < self._reminder_frames:
            run = Run("reminder", into, min(left, self._reminder_frames - into))
        else:
            run = Run("silence", 0, min(left, REMIND_FRAMES - into))
        self._emit(run)
        self._held += run.n_frames

    def _rest(self, left: int) -> None:
        n_frames = min(left, self.rest_left)
        if n_frames:
            self._emit(Run("silence", 0, n_frames))
        self._held += n_frames
        if self.rest_left <= 0:
            del self._rests[self.position]
            self._forget(self.position)
            self.mode = "playing"

    def _emit(self, run: Run) -> None:
        self._runs.append(run)
        self._offset += run.n_frames

    def _tell(
        self,
        name: EventName,
        *,
        index: int | None = None,
        to: int | None = None,
        key: str | None = None,
    ) -> None:
        self._events.append(Event(name, self._offset, self.position, index, to, key))

    def _leave(self, act: Callable[[], None]) -> None:
        """Does `act` once the sound has gone down."""
        if self.sounding and self._level:
            self._leaving = act
        else:
            act()

    def _settle(self) -> None:
        """Does what the sound was going down for."""
        act, self._leaving = self._leaving, None
        if act:
            act()

    def _is_open(self) -> bool:
        """Whether it is the listener who says when it goes on."""
        here = self.route.segment_at(self.position)
        return self.mode == "waiting" or (self.mode == "playing" and self.waits and is_open(here))

    def _go(self, key: str) -> None:
        """Goes on; what is left of an open segment is not waited for."""
        if self.mode == "waiting":
            self.mode, self._released = "playing", self.position
            self._tell("go", key=key)
            return
        goal = self.route.hold(self.route.segment_at(self.position))
        self.jump(goal if goal > self.position else self.route.next(self.position), key)

    def _pause(self) -> None:
        self._paused, self.mode, self._level = self.mode, "paused", 0
        self._tell("pause", key="pause")

    def _resume(self, key: str) -> None:
        self.mode = self._paused
        self._tell("resume", key=key)

    def _skip_rest(self) -> None:
        if self.mode == "resting":
            self._held = self._rests[self.position]
            self._tell("go", key="skip_rest")
        elif (goal := self.route.skip_rest(self.position)) is not None:
            self.jump(goal, "skip_rest")

    def _more_rest(self) -> None:
        if self.mode == "resting":
            self._rests[self.position] += MORE_REST_FRAMES
        elif self.mode == "playing" and (place := self.route.more_rest(self.position)) is not None:
            if place not in self._stops:
                self._stops.insert(bisect_left(self._stops, place), place)
            self._rests[place] = self._rests.get(place, 0) + MORE_REST_FRAMES
            if place < self.position:
                self.jump(place, "more_rest")

    def _skip(self, position: int, key: str) -> None:
        self._tell("skip", to=position, key=key)
        if key not in _KEEP_REST:
            for place in self._rests:
                self._forget(place)
            self._rests = {}
        self.mode, self._level, self._jumped = "playing", 0, True
        self.position = self._released = position

    def _forget(self, place: int) -> None:
        """Stops no more for rest that was put in here."""
        if place not in self._holds and place not in self._shortcuts:
            self._stops.remove(place)

    def _end(self, key: str | None) -> None:
        self._tell("end", key=key)
        self.mode = "ended"
