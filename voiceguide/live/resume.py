"""Where a session was left: written as each segment begins, so that a crash is survived."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from voiceguide.atomic import replacing
from voiceguide.live import userdata

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Left:
    """A place in a session."""

    script: str
    """Hash of what was played, so that a changed script is not resumed at a wrong place."""
    segment: int
    label: str | None
    call: tuple[str, ...] = ()
    """Script and options, as they were given; empty where nobody could give them again."""

    @property
    def is_playable(self) -> bool:
        """Whether the script can be named again, and is where it was, if it is a file."""
        if not self.call:
            return False
        script = Path(self.call[0])
        return script.is_file() or not script.is_absolute()


def last() -> Left | None:
    """The place that was left last, of whatever script can be played again."""
    try:
        files = sorted(_folder().glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
    except OSError:
        return None
    return next((left for left in map(_read, reversed(files)) if left and left.is_playable), None)


class Bookmark:
    """The place of one script.

    Args:
        script: what names it: its full path, or the name of a built-in routine.
        content: the bytes of the script.
        call: script and options, to play it again.
    """

    def __init__(self, script: str, content: bytes, call: tuple[str, ...] = ()) -> None:
        self._content, self._call = _hash(content), call
        self._file = _folder() / f"{_hash(os.fsencode(script))}.json"

    def read(self) -> Left | None:
        """Where it was left; None where it was not, or where the script has changed since."""
        left = _read(self._file)
        return left if left and left.script == self._content else None

    @property
    def exists(self) -> bool:
        """Whether a place is kept, be it of another version of the script."""
        return self._file.is_file()

    def write(self, segment: int, label: str | None) -> None:
        """Keeps a place."""
        left = Left(self._content, segment, label, self._call)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._file) as part:
                part.write_text(json.dumps(asdict(left)), "utf-8")
        except OSError as error:
            _LOG.warning("the place is not kept: %s", error)

    def remove(self) -> None:
        """Forgets it: the session came to its end."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)


def _folder() -> Path:
    return userdata.where() / "left"


def _read(file: Path) -> Left | None:
    try:
        kept = Left(**json.loads(file.read_text("utf-8")))
        return replace(kept, call=tuple(kept.call))
    except (OSError, ValueError, TypeError):
        return None


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
