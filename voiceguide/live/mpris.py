"""Media keys of the desktop and the headset on Linux (MPRIS 2, `dbus-fast`, optional).

The bus lives in a thread of its own. Whatever goes wrong there ends media keys, not the session.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from voiceguide.live import words
from voiceguide.live.transport import Action
from voiceguide.live.view import View

if TYPE_CHECKING:
    import asyncio

    from voiceguide.live.mpris_bus import Player

_LOG = logging.getLogger(__name__)


def available() -> bool:
    """Whether there is a session bus and what speaks to it."""
    return (
        sys.platform == "linux"
        and bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
        and importlib.util.find_spec("dbus_fast") is not None
    )


@contextmanager
def connected() -> Iterator[MediaKeys]:
    """Media keys, as long as the session lasts."""
    keys = MediaKeys()
    keys.start()
    try:
        yield keys
    finally:
        keys.stop()


class MediaKeys:
    """What was pressed on the desktop or the headset, and what it is shown of the session."""

    def __init__(self) -> None:
        self._pressed: queue.SimpleQueue[Action] = queue.SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._done: asyncio.Event | None = None
        self._player: Player | None = None
        self._shown: tuple[int, str] | None = None

    def start(self) -> None:
        """Connects, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Leaves the bus."""
        if self._loop is not None and self._done is not None:
            self._call(self._done.set)
        self._thread.join(timeout=1.0)

    def pressed(self) -> list[Action]:
        """What was pressed since the last call."""
        found: list[Action] = []
        while not self._pressed.empty():
            found.append(self._pressed.get_nowait())
        return found

    def show(self, view: View) -> None:
        """Tells the desktop what plays."""
        status = "Paused" if view.mode in {"paused", "waiting"} else "Playing"
        if self._player is None or self._shown == (view.segment.index, status):
            return
        self._shown = (view.segment.index, status)
        about: dict[str, Any] = {
            "title": words.summary(view.segment),
            "album": view.title,
            "track": view.segment.index + 1,
            "length_ms": view.segment.length_ms,
        }
        player = self._player
        self._call(lambda: player.tell(status, about))

    def _call(self, act: Any) -> None:  # noqa: ANN401 - whatever takes nothing
        try:
            assert self._loop is not None
            self._loop.call_soon_threadsafe(act)
        except RuntimeError:  # the loop has ended
            _LOG.debug("no media keys any more")

    def _run(self) -> None:
        import asyncio  # noqa: PLC0415 - takes as long to load as all of live play

        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - no fault of a desktop ends a session
            _LOG.info("no media keys: %s", error)

    async def _serve(self) -> None:
        import asyncio  # noqa: PLC0415 - as above

        from voiceguide.live import mpris_bus  # noqa: PLC0415 - optional

        self._loop = asyncio.get_running_loop()
        self._done = asyncio.Event()
        async with mpris_bus.serving(self._pressed.put) as player:
            self._player = player
            await self._done.wait()
