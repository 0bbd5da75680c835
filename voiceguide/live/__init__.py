"""Blocks to the sound card: the same session, played."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.live import keys as keyboard
from voiceguide.live import mpris, screen
from voiceguide.live.device import Device, NullDevice
from voiceguide.live.feed import Feed, Mix
from voiceguide.live.keys import Keys, NoKeys
from voiceguide.live.log import Log
from voiceguide.live.mpris import MediaKeys
from voiceguide.live.player import Outcome, Player
from voiceguide.live.route import Route
from voiceguide.live.transport import Action, Transport
from voiceguide.live.view import Screen, View
from voiceguide.model.audio import Audio
from voiceguide.model.timeline import Segment, Timeline
from voiceguide.model.units import ms_to_frames

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples

__all__ = ["Device", "NullDevice", "Outcome", "Settings", "play"]

REMINDER_GAIN = 0.4
"""A wait is reminded of, not called out."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a session is played."""

    start_ms: int = 0
    wait_between: bool = False
    """Wait for the listener before each exercise."""
    proof: bool = False
    """Shorten every silence to a second."""
    volume: int = 100
    """Percent."""
    log: Path | None = None
    notice: str = ""
    """What the screen shows for the first seconds."""


def play(
    timeline: Timeline,
    mix: Mix,
    reminder: Audio,
    device: Device,
    settings: Settings,
    *,
    now: Callable[[], float],
    sleep: Callable[[float], None],
    on_segment: Callable[[Segment], None] = lambda _segment: None,
) -> Outcome:
    """Plays a session with the keys and the screen of the terminal, as far as there is one.

    Without keys nobody could end a wait: then it lasts as long as the script estimates.

    Args:
        timeline: of the session.
        mix: its sound.
        reminder: what reminds of a wait.
        device: where the sound goes.
        settings: how it is played.
        now: a clock that never goes back, in seconds.
        sleep: waits so many seconds.
        on_segment: is told each segment as it begins.

    Raises:
        PlaybackError: no device, or one that was lost and does not come back.
        TargetNotWritable: the log cannot be written.
    """
    route = Route(timeline)
    log = Log(settings.log)
    try:
        with keyboard.terminal(sleep) as typed, _media(device) as media:
            someone = media is not None or not isinstance(typed, NoKeys)
            transport = Transport(
                route,
                start=route.whole(ms_to_frames(settings.start_ms)),
                waits=someone,
                between=someone and settings.wait_between,
                proof=settings.proof,
                reminder_frames=reminder.n_frames,
            )
            player = Player(
                transport,
                Feed(mix, _softly(reminder, mix.n_channels)),
                device,
                now=now,
                log=log,
                n_channels=mix.n_channels,
                volume=settings.volume,
                notice=settings.notice,
                on_segment=on_segment,
            )
            keys = _BothKeys(typed, media) if media else typed
            return player.run(keys, _screen(media, keys=not isinstance(typed, NoKeys)))
    finally:
        log.close()


class _BothKeys:
    """Those of the terminal and those of the desktop."""

    def __init__(self, typed: Keys, media: MediaKeys) -> None:
        self._typed, self._media = typed, media

    def read(self, timeout_s: float) -> list[Action]:
        """See `Keys.read`."""
        return [*self._typed.read(timeout_s), *self._media.pressed()]


class _BothScreens:
    """The terminal and the desktop."""

    def __init__(self, terminal: Screen, media: MediaKeys) -> None:
        self._terminal, self._media = terminal, media

    def show(self, view: View) -> None:
        """See `Screen.show`."""
        self._terminal.show(view)
        self._media.show(view)


@contextmanager
def _media(device: Device) -> Iterator[MediaKeys | None]:
    """Media keys where there are any; without sound nobody looks for them."""
    if isinstance(device, NullDevice) or not mpris.available():
        yield None
        return
    with mpris.connected() as keys:
        yield keys


@contextmanager
def _screen(media: MediaKeys | None, *, keys: bool) -> Iterator[Screen]:
    with screen.opened(keys=keys) as terminal:
        yield _BothScreens(terminal, media) if media else terminal


def _softly(reminder: Audio, n_channels: int) -> Samples:
    """The samples of the reminder, mono, as the session has channels."""
    samples = reminder.samples[:, :1] * np.float32(REMINDER_GAIN)
    return np.repeat(samples, n_channels, axis=1)
