"""What was played: a line of JSON for each session, in the user's data folder."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from voiceguide.live import userdata

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Played:
    """One session that was played."""

    date: str
    """When it began: ISO 8601, local time, to the second."""
    script: str
    title: str
    duration_ms: int
    """Of the whole session."""
    played_ms: int
    """How far it came."""
    finished: bool


def add(played: Played) -> None:
    """Adds a line."""
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        with _file().open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            # A name that is no UTF-8 comes out as an escape, which JSON reads.
            file.write(json.dumps(asdict(played), ensure_ascii=False) + "\n")
    except OSError as error:
        _LOG.warning("no line of history: %s", error)


def read() -> tuple[Played, ...]:
    """All sessions, oldest first; a line that cannot be read is left out."""
    try:
        lines = _file().read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(played for line in lines if (played := _parse(line)))


def _parse(line: str) -> Played | None:
    try:
        return Played(**json.loads(line))
    except (ValueError, TypeError):
        return None


def _file() -> Path:
    return userdata.where() / "history.jsonl"
