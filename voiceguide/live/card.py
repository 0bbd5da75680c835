"""Sound devices of this machine, through miniaudio."""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Generator
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from voiceguide.model.errors import PlaybackError
from voiceguide.model.units import RATE_HZ

if TYPE_CHECKING:
    import miniaudio

    from voiceguide.live.device import Pull
    from voiceguide.model.audio import Samples

PERIOD_MS = 25
PERIODS = 4
"""A key is heard after 0.1 s at most; a thread of Python may be 75 ms late."""

_ALSA_NULL = "Discard all samples"
"""So ALSA calls what is there without a card too, and lets nothing be heard."""

_SAY_NOTHING = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)(lambda *_: None)
"""A `snd_lib_error_handler_t`. What follows its format is passed like any argument, and unread."""

_NO_DEVICE_HINT = "`voiceguide render` makes a file; `--device null` plays without a sound card."


class CardDevice:
    """A sound device; the default one where none is named, which then follows the headphones.

    Args:
        name: of a device as `names` gives it, or the beginning of it.
    """

    latency_ms = float(PERIOD_MS * PERIODS)
    slack_ms = float(PERIOD_MS * (PERIODS - 1))

    def __init__(self, name: str | None = None) -> None:
        self.name = name or "default"
        self._wanted = name
        self._device: miniaudio.PlaybackDevice | None = None
        self._stopped = threading.Event()

    @property
    def lost(self) -> bool:
        """Whether the device is gone."""
        return self._stopped.is_set()

    def open(self, pull: Pull, n_channels: int) -> None:
        """See `Device.open`."""
        import miniaudio  # noqa: PLC0415 - only where sound is played

        self._stopped.clear()
        _hush_alsa()
        chosen = _find(self._wanted) if self._wanted else None
        try:
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.FLOAT32,
                nchannels=n_channels,
                sample_rate=RATE_HZ,
                buffersize_msec=PERIOD_MS,
                callback_periods=PERIODS,
                device_id=chosen["id"] if chosen else None,
                backends=_backends(),
                app_name="voiceguide",
            )
            device.stop_callback = self._stopped.set
            frames = _frames(pull)
            next(frames)
            device.start(frames)
        except miniaudio.MiniaudioError as error:
            what = (
                f"sound device {self._wanted}" if self._wanted else "sound device of this machine"
            )
            raise PlaybackError(
                f"the {what} cannot be opened: {error.args[0]}", _NO_DEVICE_HINT
            ) from error
        self._device = device

    def close(self) -> None:
        """See `Device.close`."""
        if self._device is not None:
            self._device.stop_callback = None
            self._device.close()
            self._device = None


def names() -> list[str]:
    """The sound devices there are, best first; empty where there is none."""
    return [str(device["name"]) for device in _playbacks()]


def _find(name: str) -> dict[str, Any]:
    devices = _playbacks()
    wanted = name.casefold()
    for device in devices:
        if str(device["name"]).casefold().startswith(wanted):
            return device
    known = ", ".join(str(device["name"]) for device in devices)
    hint = f"There is: {known}." if known else _NO_DEVICE_HINT
    raise PlaybackError(f"there is no sound device {name}", hint)


def _playbacks() -> list[dict[str, Any]]:
    import miniaudio  # noqa: PLC0415 - only where sound is played

    _hush_alsa()
    try:
        found = miniaudio.Devices(backends=_backends()).get_playbacks()
    except miniaudio.MiniaudioError:
        return []
    return [device for device in found if not str(device["name"]).startswith(_ALSA_NULL)]


def _backends() -> list[miniaudio.Backend]:
    """All but the one that plays nothing, which would take the place of a missing card."""
    import miniaudio  # noqa: PLC0415 - only where sound is played

    silent = {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
    return [backend for backend in miniaudio.Backend if backend not in silent]


@cache
def _hush_alsa() -> None:
    """Keeps libasound from writing to standard error, where it would spoil screen and message."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):  # without it nothing is written
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_SAY_NOTHING)


def _frames(pull: Pull) -> Generator[Samples, int, None]:
    """What miniaudio asks for: a generator that is sent how many frames it wants."""
    n_frames = yield np.zeros((0, 1), np.float32)
    while True:
        n_frames = yield pull(n_frames)
