"""The music that a script or its listener names -> the score of a session; or what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from voiceguide import cache, ffmpeg, script
from voiceguide.model.errors import Fault, SoundError, UsageError
from voiceguide.model.options import Options
from voiceguide.sound import BED, Score, Survey, Track, tracks

UNDER_VOICE_DB = 15
DUCK_DB = 9
"""What counts where the script does not say it."""

NO_MUSIC = "none"
"""What `--music` says for a session without."""

_SURVEY = 1
"""Counts up when what is found out about a track changes; the cache keeps to it."""

_T = TypeVar("_T")

Progress = Callable[[str, int, int], None]
"""Told the phase, how much of it is done, and how much it is in all; 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class LoadedMusic:
    """The music of a session."""

    score: Score | None = None
    """None where there is none."""
    surveys: tuple[Survey, ...] = ()
    """Of each track of the score."""
    files: tuple[Path, ...] = ()
    """What was named, files and folders, and every file of those folders."""
    faults: tuple[Fault, ...] = ()


def load_music(
    read: script.Script, options: Options, folder: Path, progress: Progress
) -> LoadedMusic:
    """The music of a script, every file of it heard to its end once.

    Args:
        read: the script, with a routine.
        options: may name other music, or none.
        folder: that names are relative to.
        progress: told how many seconds of it were heard.

    Raises:
        UsageError: what `options` names cannot be played.
        EncoderMissing: no ffmpeg.
    """
    assert read.routine is not None
    written = read.routine.music
    if options.music == NO_MUSIC:
        return LoadedMusic()
    shelf = _Shelf(folder, progress)
    score = Score(
        click=written.click,
        under_voice_db=_written(written.under_voice_db, UNDER_VOICE_DB),
        duck_db=_written(written.duck_db, DUCK_DB),
    )
    if options.music is not None:
        try:
            score = replace(score, everywhere=shelf.tracks(options.music))
        except SoundError as error:
            raise UsageError(f"--music: {error.message}", error.hint) from error
    else:
        score = replace(
            score,
            everywhere=tuple(shelf.listed(read, "files")),
            work=tuple(shelf.listed(read, "work")),
            rest=tuple(shelf.listed(read, "rest")),
        )
    return LoadedMusic(
        score if score.click or score.tracks else None,
        tuple(shelf.surveys.values()),
        tuple(dict.fromkeys(shelf.files)),
        tuple(shelf.faults),
    )


def _written(value: int | None, default: int) -> int:
    return default if value is None else value


class _Shelf:
    """Finds tracks, and keeps what was found out about each."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self.surveys: dict[str, Survey] = {}
        self.files: list[Path] = []
        self.faults: list[Fault] = []
        self._folder = folder
        self._progress = progress
        self._heard_s = 0.0
        self._kept = cache.Cache(cache.where() / "music")

    def listed(self, read: script.Script, key: str) -> Iterator[Track]:
        """The tracks of a key of `music`; what cannot be played becomes a fault."""
        assert read.routine is not None
        for path, name in script.music_names(read.routine.music, read.files[""].root, key):
            yield from self._placed(path, name)

    def _placed(self, path: str, name: str) -> Iterator[Track]:
        for load in self._attempt(path, partial(self._loads, name)) or ():
            if (track := self._attempt(path, load)) is not None:
                yield track

    def _attempt(self, path: str, act: Callable[[], _T]) -> _T | None:
        try:
            return act()
        except SoundError as error:
            self.faults.append(Fault(error.message, path=path, hint=error.hint))
            return None

    def tracks(self, name: str) -> tuple[Track, ...]:
        """The tracks of one name.

        Raises:
            SoundError: it cannot be played.
        """
        return tuple(load() for load in self._loads(name))

    def _loads(self, name: str) -> Sequence[Callable[[], Track]]:
        """What loads each track of a name, so that of a folder every fault is found."""
        if name == BED:
            return [partial(self._track, BED)]
        path = (self._folder / Path(name).expanduser()).absolute()
        self.files.append(path)
        if not path.is_dir():
            return [partial(self._track, str(path))]
        within = sorted(each for each in path.iterdir() if not each.name.startswith("."))
        found = [each for each in within if each.suffix.lower() in tracks.SUFFIXES]
        if not found:
            deeper = next((each.name for each in within if each.is_dir()), None)
            raise SoundError(
                f"{name}: there is no music in this folder",
                "Name another."
                if deeper is None
                else f"Folders in it are not looked into. Name one of them: {name}/{deeper}",
            )
        self.files += found
        return [partial(self._in_folder, each) for each in found]

    def _in_folder(self, path: Path) -> Track:
        try:
            return self._track(str(path))
        except SoundError as error:
            hint = f"{error.hint} Or remove it from the folder.".lstrip()
            raise SoundError(error.message, hint) from error

    def _track(self, name: str) -> Track:
        if name not in self.surveys:
            self.surveys[name] = self._survey(name)
        return self.surveys[name].track

    def _survey(self, name: str) -> Survey:
        decoded = () if name == BED else (ffmpeg.identity(), tracks.state(Path(name)))
        key = cache.key(_SURVEY, name, *decoded)
        if (known := self._kept.load(key)) is not None:
            return tracks.from_bytes(name, known)
        found = tracks.survey(name, self._tell)
        self._kept.store(key, found.to_bytes())
        return found

    def _tell(self, seconds: float) -> None:
        self._heard_s += seconds
        self._progress("hearing the music", round(self._heard_s), 0)
