"""Live play: the device pulls, keys are pressed, the screen shows, the log tells."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.live.device import Device
from voiceguide.live.feed import Feed
from voiceguide.live.keys import Keys
from voiceguide.live.log import Log
from voiceguide.live.route import is_open
from voiceguide.live.transport import Action, Event, Transport
from voiceguide.live.view import Shown, View
from voiceguide.model.errors import PlaybackError
from voiceguide.model.timeline import Segment
from voiceguide.model.units import FRAMES_PER_MS, RATE_HZ, frames_to_ms

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples

TICK_S = 0.1
"""Between two looks around; a key of the terminal ends it at once."""
SOON_S = 0.02
"""The same while the sound of another place is awaited."""
LOOK_S = 0.25
"""Between two redraws of the screen."""
LOST_S = 2.0
"""A device that has not pulled for so long is gone."""
RETRY_S = 1.0
MOST_RETRIES = 30
VOLUME_STEP = 10
NOTICE_S = 8.0
"""So long a notice is on the screen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a session ended."""

    finished: bool
    interrupted: bool
    """By Ctrl-C."""
    position_ms: int
    segment: int


class Player:
    """Plays one session once.

    Args:
        transport: where it begins, and what holds it.
        feed: its sound.
        device: where the sound goes.
        now: a clock that never goes back, in seconds.
        log: gets a line for everything that happens.
        n_channels: of the sound.
        volume: percent.
        notice: is shown for the first seconds.
        on_segment: is told each segment as it begins.
    """

    def __init__(
        self,
        transport: Transport,
        feed: Feed,
        device: Device,
        *,
        now: Callable[[], float],
        log: Log,
        n_channels: int = 1,
        volume: int = 100,
        notice: str = "",
        on_segment: Callable[[Segment], None] = lambda _segment: None,
    ) -> None:
        self._transport, self._feed, self._device = transport, feed, device
        self._now, self._log, self._n_channels = now, log, n_channels
        self._on_segment = on_segment
        self._timeline = transport.route.timeline
        self._lock = threading.Lock()
        """Between the thread of the device and that of the keys."""
        self._volume = volume
        self._gain = _gain(volume)
        self._began: float | None = None
        """When the first frame was heard."""
        self._heard_until = 0.0
        self._pulled_at = 0.0
        self._flowing = False
        """The last block came from the session, and no key changed the place since."""
        self._starved = 0
        """Frames of silence since the sound was not ready in time."""
        self._told: int | None = None
        self._retries = 0
        self._look_at = 0.0
        self._interrupted = False
        self._help = False
        self._notice = notice
        self._notice_until = now() + NOTICE_S

    def run(self, keys: Keys, screen: Shown) -> Outcome:
        """Plays until the end, or until a key ends it.

        Raises:
            PlaybackError: no device, or one that was lost and does not come back.
        """
        while self._feed.fill(self._transport.position):
            pass  # what the device asks for first is there before it is opened
        self._open()
        try:
            with screen as shown:
                while self._transport.mode != "ended":
                    busy = self._feed.fill(self._transport.position)
                    soon = 0.0 if busy else TICK_S if self._flowing else SOON_S
                    for action in keys.read(soon):
                        self.press(action)
                    self._tell_segment()
                    self._keep_device()
                    if self._now() >= self._look_at:
                        self._look_at = self._now() + LOOK_S
                        shown.show(self.view())
                keys.read(self._device.latency_ms / 1000)  # what it holds is still heard
        except KeyboardInterrupt:
            self._interrupted = True
            with self._lock:
                self._write("end", self._transport.position, self._now(), key="interrupt")
        finally:
            self._device.close()
        return self.outcome()

    def outcome(self) -> Outcome:
        """How it stands now; after `run` how it ended."""
        with self._lock:
            position = self._transport.position
            return Outcome(
                interrupted=self._interrupted,
                finished=position >= self._transport.route.n_frames,
                position_ms=frames_to_ms(position),
                segment=self._transport.segment_index,
            )

    def press(self, action: Action) -> None:
        """Does what a key asks for."""
        with self._lock:
            match action:
                case "louder":
                    self._volume = min(self._volume + VOLUME_STEP, 100)
                case "softer":
                    self._volume = max(self._volume - VOLUME_STEP, 0)
                case "help":
                    pass
                case _:
                    self._transport.press(action)
                    self._flowing = False
            self._help = action == "help" and not self._help
        self._look_at = 0.0

    def pull(self, n_frames: int) -> Samples:
        """The next frames for the device, in its thread."""
        with self._lock:
            due = self._due(n_frames)
            transport = self._transport
            if transport.sounding and not self._feed.is_ready(transport.position, n_frames):
                self._starved += n_frames
                return np.zeros((n_frames, self._n_channels), np.float32)
            if self._starved:
                self._fed(due)
            taken = transport.take(n_frames)
            for event in taken.events:
                self._note(event, due + event.offset / RATE_HZ)
            self._flowing = transport.sounding and all(e.name != "skip" for e in taken.events)
            samples = np.concatenate([self._feed.sound(run) for run in taken.runs])
            return self._turned(samples)

    def view(self) -> View:
        """What the screen shows now."""
        with self._lock:
            transport = self._transport
            segment = self._timeline.segments[transport.segment_index]
            position_ms = transport.position // FRAMES_PER_MS
            return View(
                title=self._timeline.title,
                segment=segment,
                following=transport.route.following(segment),
                mode=transport.mode,
                position_ms=position_ms,
                duration_ms=self._timeline.duration_ms,
                left_ms=max(segment.end_ms - position_ms, 0) + frames_to_ms(transport.rest_ahead),
                open=transport.mode == "waiting" or (transport.waits and is_open(segment)),
                volume=self._volume,
                words=transport.route.asked(segment),
                help=self._help,
                notice=self._notice if self._now() < self._notice_until else "",
            )

    def _open(self) -> None:
        self._device.open(self.pull, self._n_channels)
        with self._lock:
            self._pulled_at = self._now()

    def _keep_device(self) -> None:
        """Opens a device again that was lost, and goes on from the last whole second."""
        moment = self._now()
        since = moment - self._pulled_at
        if not (self._device.lost and since > RETRY_S * min(self._retries, 1)) and since < LOST_S:
            return
        self._device.close()
        with self._lock:
            if not self._retries:
                position = self._transport.position
                self._write("device", position, moment, device=self._device.name, lost=True)
                if self._transport.sounding:
                    self._transport.jump(position - position % RATE_HZ, "device")
            self._pulled_at = moment
        try:
            self._open()
        except PlaybackError:
            self._retries += 1
            if self._retries > MOST_RETRIES:
                raise
        else:
            self._retries = 0

    def _due(self, n_frames: int) -> float:
        """When the first frame that is pulled now is heard, without the latency all have."""
        moment = self._now()
        if self._began is None:
            self._began = self._heard_until = self._pulled_at = moment
            self._start()
        queue_s = self._device.latency_ms / 1000
        late_ms = (moment - self._heard_until) * 1000
        if late_ms > self._device.slack_ms and moment - self._pulled_at < LOST_S:
            self._write("underrun", self._transport.position, moment, missing_ms=round(late_ms))
        due = min(max(self._heard_until, moment), moment + queue_s)
        self._heard_until = due + n_frames / RATE_HZ
        self._pulled_at = moment
        return due

    def _start(self) -> None:
        self._log.write(
            "start",
            title=self._timeline.title,
            duration_ms=self._timeline.duration_ms,
            position_ms=self._transport.position // FRAMES_PER_MS,
            device=self._device.name,
            latency_ms=self._device.latency_ms,
        )

    def _fed(self, due: float) -> None:
        if self._flowing:
            missing_ms = frames_to_ms(self._starved)
            self._write("underrun", self._transport.position, due, missing_ms=missing_ms)
        self._starved = 0

    def _turned(self, samples: Samples) -> Samples:
        """The samples at the volume, which moves over the block where a key has changed it."""
        before, self._gain = self._gain, _gain(self._volume)
        if before == self._gain == 1.0:
            return samples
        ramp = np.linspace(before, self._gain, len(samples), dtype=np.float32)
        turned: Samples = samples * ramp[:, None]
        return turned

    def _note(self, event: Event, due: float) -> None:
        match event.name:
            case "cue":
                assert event.index is not None
                planned_ms = self._timeline.cues[event.index].start_ms
                self._log.write("cue", index=event.index, planned_ms=planned_ms,
                                actual_ms=self._since(due))  # fmt: skip
            case "segment":
                assert event.index is not None
                planned_ms = self._timeline.segments[event.index].start_ms
                self._log.write("segment", index=event.index, planned_ms=planned_ms,
                                actual_ms=self._since(due))  # fmt: skip
            case _:
                to_ms = None if event.to is None else event.to // FRAMES_PER_MS
                self._write(event.name, event.position, due,
                            index=event.index, to_ms=to_ms, key=event.key)  # fmt: skip

    def _write(self, event: str, position: int, moment: float, **fields: object) -> None:
        self._log.write(event, position_ms=position // FRAMES_PER_MS,
                        actual_ms=self._since(moment), **fields)  # fmt: skip

    def _since(self, moment: float) -> int:
        """Milliseconds since the first sound."""
        return 0 if self._began is None else round((moment - self._began) * 1000)

    def _tell_segment(self) -> None:
        with self._lock:
            index = self._transport.segment_index
        if index != self._told:
            self._told = index
            self._on_segment(self._timeline.segments[index])


def _gain(volume: int) -> float:
    """The factor of a volume in percent; squared, so that equal steps sound equal."""
    return (volume / 100) ** 2
