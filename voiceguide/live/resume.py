"""Where a session was left: written as each segment begins, so that a crash is survived."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass

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


class Bookmark:
    """The place of one script.

    Args:
        script: what names it: its full path, or the name of a built-in routine.
        content: the bytes of the script.
    """

    def __init__(self, script: str, content: bytes) -> None:
        self._content = _hash(content)
        self._file = userdata.where() / "left" / f"{_hash(os.fsencode(script))}.json"

    def read(self) -> Left | None:
        """Where it was left; None where it was not, or where the script has changed since."""
        try:
            left = Left(**json.loads(self._file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return left if left.script == self._content else None

    @property
    def exists(self) -> bool:
        """Whether a place is kept, be it of another version of the script."""
        return self._file.is_file()

    def write(self, segment: int, label: str | None) -> None:
        """Keeps a place."""
        left = Left(self._content, segment, label)
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


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
