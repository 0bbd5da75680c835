# mypy: disable-error-code="misc, no-untyped-call"
"""The two interfaces of MPRIS 2 that desktops ask for. Imported only where `dbus-fast` is there."""

# No `from __future__ import annotations`: dbus-fast reads the signatures when a class is made.

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from dbus_fast import RequestNameReply, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusDouble, DBusInt64, DBusSignature, DBusStr
from dbus_fast.constants import PropertyAccess
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property

from voiceguide.live.transport import Action

PATH = "/org/mpris/MediaPlayer2"
NAME = "org.mpris.MediaPlayer2.voiceguide"

Names = Annotated[list[str], DBusSignature("as")]
Metadata = Annotated[dict[str, Variant], DBusSignature("a{sv}")]

READ = PropertyAccess.READ


class Root(ServiceInterface):
    """`org.mpris.MediaPlayer2`: who this is."""

    def __init__(self, press: Callable[[Action], None]) -> None:
        super().__init__("org.mpris.MediaPlayer2")
        self._press = press

    @dbus_method()
    def Raise(self) -> None:  # noqa: N802 - the name on the bus, as all below
        """There is no window to be raised."""

    @dbus_method()
    def Quit(self) -> None:  # noqa: N802
        """Ends the session; it is remembered."""
        self._press("quit")

    @dbus_property(access=READ)
    def CanQuit(self) -> DBusBool:  # noqa: N802
        """It can be ended."""
        return True

    @dbus_property(access=READ)
    def CanRaise(self) -> DBusBool:  # noqa: N802
        """It has no window."""
        return False

    @dbus_property(access=READ)
    def HasTrackList(self) -> DBusBool:  # noqa: N802
        """Segments are not listed."""
        return False

    @dbus_property(access=READ)
    def Identity(self) -> DBusStr:  # noqa: N802
        """What people call it."""
        return "voiceguide"

    @dbus_property(access=READ)
    def SupportedUriSchemes(self) -> Names:  # noqa: N802
        """It opens nothing that a desktop could hand over."""
        return []

    @dbus_property(access=READ)
    def SupportedMimeTypes(self) -> Names:  # noqa: N802
        """As above."""
        return []


class Player(ServiceInterface):
    """`org.mpris.MediaPlayer2.Player`: a segment of the session is a track."""

    def __init__(self, press: Callable[[Action], None]) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._press = press
        self._status = "Playing"
        self._metadata: dict[str, Variant] = {
            "mpris:trackid": Variant("o", f"{PATH}/segment/0"),
        }

    def tell(self, status: str, about: dict[str, Any]) -> None:
        """Has the desktop show another segment, or another state."""
        self._status = status
        self._metadata = {
            "mpris:trackid": Variant("o", f"{PATH}/segment/{about['track']}"),
            "mpris:length": Variant("x", about["length_ms"] * 1000),
            "xesam:title": Variant("s", about["title"]),
            "xesam:album": Variant("s", about["album"]),
            "xesam:artist": Variant("as", ["voiceguide"]),
            "xesam:trackNumber": Variant("i", about["track"]),
        }
        self.emit_properties_changed({"PlaybackStatus": status, "Metadata": self._metadata})

    @dbus_method()
    def Next(self) -> None:  # noqa: N802
        """The next segment."""
        self._press("next")

    @dbus_method()
    def Previous(self) -> None:  # noqa: N802
        """The previous segment."""
        self._press("previous")

    @dbus_method()
    def PlayPause(self) -> None:  # noqa: N802
        """The other of the two; lets go of a wait."""
        self._press("pause")

    @dbus_method()
    def Pause(self) -> None:  # noqa: N802
        """Pauses."""
        if self._status == "Playing":
            self._press("pause")

    @dbus_method()
    def Stop(self) -> None:  # noqa: N802
        """Pauses: to end a session a headset is too easily touched."""
        self.Pause()

    @dbus_method()
    def Play(self) -> None:  # noqa: N802
        """Goes on."""
        if self._status == "Paused":
            self._press("go")

    @dbus_property(access=READ)
    def PlaybackStatus(self) -> DBusStr:  # noqa: N802
        """`Playing` or `Paused`."""
        return self._status

    @dbus_property(access=READ)
    def Metadata(self) -> Metadata:  # noqa: N802
        """The segment."""
        return self._metadata

    @dbus_property(access=READ)
    def Position(self) -> DBusInt64:  # noqa: N802
        """Of the track; not followed."""
        return 0

    @dbus_property(access=READ)
    def Rate(self) -> DBusDouble:  # noqa: N802
        """Always its own."""
        return 1.0

    @dbus_property(access=READ)
    def MinimumRate(self) -> DBusDouble:  # noqa: N802
        """As above."""
        return 1.0

    @dbus_property(access=READ)
    def MaximumRate(self) -> DBusDouble:  # noqa: N802
        """As above."""
        return 1.0

    @dbus_property(access=READ)
    def Volume(self) -> DBusDouble:  # noqa: N802
        """The desktop has a volume of its own."""
        return 1.0

    @dbus_property(access=READ)
    def CanGoNext(self) -> DBusBool:  # noqa: N802
        """It can, as it can all that follows."""
        return True

    @dbus_property(access=READ)
    def CanGoPrevious(self) -> DBusBool:  # noqa: N802
        """See `CanGoNext`."""
        return True

    @dbus_property(access=READ)
    def CanPlay(self) -> DBusBool:  # noqa: N802
        """See `CanGoNext`."""
        return True

    @dbus_property(access=READ)
    def CanPause(self) -> DBusBool:  # noqa: N802
        """See `CanGoNext`."""
        return True

    @dbus_property(access=READ)
    def CanSeek(self) -> DBusBool:  # noqa: N802
        """Only by segments."""
        return False

    @dbus_property(access=READ)
    def CanControl(self) -> DBusBool:  # noqa: N802
        """See `CanGoNext`."""
        return True


@asynccontextmanager
async def serving(press: Callable[[Action], None]) -> AsyncIterator[Player]:
    """The player on the session bus; `press` is called for what is pressed there."""
    bus = await MessageBus().connect()
    try:
        player = Player(press)
        bus.export(PATH, Root(press))
        bus.export(PATH, player)
        # A second session on one desktop takes a name of its own, as the standard asks.
        reply = await bus.request_name(NAME)
        if reply not in {RequestNameReply.PRIMARY_OWNER, RequestNameReply.ALREADY_OWNER}:
            await bus.request_name(f"{NAME}.instance{os.getpid()}")
        yield player
    finally:
        bus.disconnect()
