"""A programme as a playlist, which every player knows."""

from __future__ import annotations

from collections.abc import Iterable

from voiceguide.model.programme import Appointment


def write_playlist(title: str, appointments: Iterable[Appointment]) -> str:
    """The sessions in order as M3U8, each with its length in whole seconds."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_line(title)}"]
    for each in appointments:
        lines += [f"#EXTINF:{round(each.length_ms / 1000)},{_line(each.title)}", each.file]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())
