"""A programme -> a folder: a file for each session, a playlist, a page, a calendar."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from voiceguide import cache, data, export, prepared
from voiceguide.atomic import naming, write_texts
from voiceguide.export.index import write_index
from voiceguide.export.playlist import write_playlist
from voiceguide.model.errors import UsageError
from voiceguide.model.options import Options
from voiceguide.model.programme import Appointment
from voiceguide.model.source import Source
from voiceguide.pipeline.loading import quiet, sound
from voiceguide.pipeline.music import Progress
from voiceguide.pipeline.programmes import (
    PlannedSession,
    Timetable,
    plan_programme,
    refuse_unknown,
)
from voiceguide.pipeline.rendering import Rendered, render

LIST = "programme.json"
"""What we wrote into a folder: nothing else in it is ever replaced."""
PAGE, PLAYLIST, CALENDAR = "index.html", "playlist.m3u8", "programme.ics"


@dataclass(frozen=True, slots=True)
class Made:
    """A session of a programme in its folder."""

    planned: PlannedSession
    appointment: Appointment
    path: Path
    rendered: Rendered | None
    """None where its file was there already, and nothing has changed since."""


@dataclass(frozen=True, slots=True)
class MadeProgramme:
    """A programme in its folder."""

    timetable: Timetable
    made: tuple[Made, ...]
    texts: tuple[Path, ...]
    """The page, the playlist, and the calendar where the programme has a first day."""


def render_programme(
    source: Source,
    name: str,
    folder: Path,
    options: Options = Options(),  # noqa: B008  a frozen value
    *,
    format: str = "mp3",  # noqa: A002  the option's own name
    weeks: Collection[int] = (),
    start: date | None = None,
    progress: Progress | None = None,
    done: Callable[[Made], None] = lambda _made: None,
) -> MadeProgramme:
    """Writes a programme into a folder; what is there and up to date stays as it is.

    Args:
        source: the programme.
        name: of the programme: a folder holds one.
        folder: made where it is not there.
        options: overrides of its scripts.
        format: suffix of the files.
        weeks: whose sessions are made; all where empty.
        start: goes before the start of the programme.
        progress: told how far it is.
        done: told each session that is made.

    Raises:
        ScriptError: all faults of the programme and its scripts; nothing is written.
        UsageError: no such week or format, or a file in the folder that is not ours.
        SpeechError, SoundError, ExportError: as `render`.
    """
    export.exporter_for(format)
    timetable = plan_programme(source, options, start=start, progress=progress)
    programme = timetable.programme
    refuse_unknown(weeks, programme)
    appointments = [each.appointment(format) for each in timetable.sessions]
    has_days = any(each.slot.on is not None for each in appointments)
    texts = [PAGE, PLAYLIST, CALENDAR] if has_days else [PAGE, PLAYLIST]
    with naming(folder):
        folder.mkdir(parents=True, exist_ok=True)
    ours = _Folder(folder, name, _place(source, folder))
    ours.claim((*(each.file for each in appointments), *texts))
    made = []
    rows = list(zip(timetable.sessions, appointments, strict=True))
    for number, (planned, appointment) in enumerate(rows, start=1):
        if weeks and appointment.slot.turn.week not in weeks:
            continue
        track = (number, len(rows))
        made.append(_make(planned, appointment, programme.title, track, ours, progress or quiet))
        done(made[-1])
    there = [each for each in appointments if (folder / each.file).is_file()]
    written = {
        folder / PAGE: write_index(programme, appointments, {e.file for e in there}, texts[1:]),
        folder / PLAYLIST: write_playlist(programme.title, there),
    }
    if has_days:
        from voiceguide.export.calendar import write_calendar  # noqa: PLC0415  only where wanted

        written[folder / CALENDAR] = write_calendar(programme, appointments)
    write_texts(written)
    return MadeProgramme(timetable, tuple(made), tuple(written))


def _make(
    planned: PlannedSession,
    appointment: Appointment,
    album: str,
    track: tuple[int, int],
    ours: _Folder,
    progress: Progress,
) -> Made:
    """A session in its folder, rendered where its file is not what it would be now."""
    session, file = planned.session, appointment.file
    path = ours.path(file)
    key = cache.key(_name_of(planned), appointment.title, album, track)
    rendered = None
    if not ours.is_current(file, key):
        rendered = render(
            session.source, path, session.options, album=album, track=track, progress=progress
        )
        ours.keep(file, key)
    return Made(planned, appointment, path, rendered)


def _name_of(planned: PlannedSession) -> str:
    """A name for all that decides what is heard."""
    session = planned.session
    folder = session.source.folder
    sounds = {Path(sound(cue.sound, folder)) for cue in planned.timeline.tones}
    files = (*session.loaded.files, *sorted(path for path in sounds if path.is_file()))
    music = session.loaded.music.files
    return prepared.fingerprint(session.source, session.options, files, music)


def _place(source: Source, folder: Path) -> str:
    """Where the file of a programme lies, seen from its folder; empty where it is built in.

    Two files of one name, as of two clients, are two programmes; both may be moved together.
    """
    file = Path(source.origin)
    if not file.is_file() or data.is_shipped(file, "programmes"):
        return ""
    try:
        return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return file.resolve().as_posix()


class _Folder:
    """What we wrote into a folder, and of what it was made."""

    def __init__(self, folder: Path, name: str, place: str) -> None:
        self._folder = folder
        self._list = folder / LIST
        self._of = {"name": name, "file": place}
        self._kept: dict[str, Any] = {}

    def claim(self, files: Collection[str]) -> None:
        """Sees to it that these names are free, or hold what we wrote.

        Raises:
            UsageError: one of them is somebody else's, or the folder has another programme.
        """
        before = self._read()
        other = None if before is None else self._other(before)
        if other is not None:
            raise UsageError(f"{self._folder} holds the programme {other}", "Name another folder.")
        self._kept = {} if before is None else before["files"]
        for file in self._foreign(files):
            raise UsageError(
                f"{self._folder / file} is there already, and not of this programme",
                "Name another folder, or move the file away.",
            )
        self._kept |= {file: self._kept.get(file) for file in files}
        self._write()

    def path(self, file: str) -> Path:
        """Where a file of it lies."""
        return self._folder / file

    def _other(self, before: dict[str, Any]) -> str | None:
        """The programme of which the folder is, where that is another; one that moved is not."""
        if before["name"] != self._of["name"]:
            return str(before["name"])
        file = self._folder / before["file"]
        same = before["file"] == self._of["file"] or not file.is_file()
        return None if same else os.path.normpath(file)

    def is_current(self, file: str, key: str) -> bool:
        """Whether a file is there as it was written, and would be the same again."""
        path = self._folder / file
        return path.is_file() and self._kept[file] == [key, path.stat().st_size]

    def keep(self, file: str, key: str) -> None:
        """Remembers of what a file was made."""
        self._kept[file] = [key, (self._folder / file).stat().st_size]
        self._write()

    def _foreign(self, files: Collection[str]) -> Iterator[str]:
        mine = {*self._kept, *((LIST,) if self._kept else ())}
        return (
            file for file in (LIST, *files) if file not in mine and (self._folder / file).exists()
        )

    def _read(self) -> dict[str, Any] | None:
        try:
            found = json.loads(self._list.read_text(encoding="utf-8"))
            is_ours = found["voiceguide_programme"] == 1 and isinstance(found["files"], dict)
            words = found["name"], found["file"]
            return found if is_ours and all(isinstance(each, str) for each in words) else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def _write(self) -> None:
        body = {"voiceguide_programme": 1, **self._of, "files": self._kept}
        write_texts({self._list: json.dumps(body, indent=1) + "\n"})
