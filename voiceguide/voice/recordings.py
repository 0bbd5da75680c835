"""Clips that a coach has recorded: heard in place of a voice, and levelled like one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from voiceguide import cache
from voiceguide.model.audio import Audio, Utterance
from voiceguide.model.errors import SoundError
from voiceguide.model.phrase import Phrase
from voiceguide.model.roles import COUNTED
from voiceguide.model.units import frames_to_ms
from voiceguide.voice import clips, onset

SUFFIXES = frozenset({".aif", ".aiff", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav"})
"""Files of other kinds in a folder of recordings are not looked at."""
MAX_MS = 600_000
"""A clip is held in memory as a whole."""
_MAX_NAME = 80
"""Letters of a file name that is made of words; a longer one is cut, and told apart by a hash."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording, ready to be heard."""

    name: str
    """Of its clip in the cache."""
    body: bytes
    """What `clips.to_bytes` wrote."""

    @property
    def length_ms(self) -> int:
        """How long it is heard."""
        return frames_to_ms(clips.n_frames(self.body))


class Recordings:
    """The recordings of one script.

    One gain for all that lie in a folder, as for a voice: sentences keep their natural level.

    Args:
        root: folder of the script, which all names are told from.
        folder: where recordings are looked up by their words; None for none.
        files: the recordings that the script names.
        read: gives the sound of a file; raises `SoundError`.
        loudness: gives the integrated loudness of a 48 kHz sound in LUFS, after BS.1770.
        cache_dir: folder of the clips; the user's own where None.
    """

    def __init__(
        self,
        root: Path,
        folder: str | None,
        files: Iterable[str],
        *,
        read: Callable[[Path], Audio],
        loudness: Callable[[Audio], float],
        cache_dir: Path | None = None,
    ) -> None:
        self._root, self._folder = root, folder
        self._files = tuple(dict.fromkeys(files))
        self._read, self._loudness = read, loudness
        self._cache = cache.Cache(cache_dir)
        self._gains: dict[Path, float] = {}
        self._found: dict[str, Recorded] = {}

    def find(self, phrase: Phrase) -> str | None:
        """The recording of a phrase, by its name below the root; None where there is none."""
        if phrase.file is not None or self._folder is None:
            return phrase.file
        return self._by_words.get(file_name(phrase.text))

    def utterance(self, phrase: Phrase) -> Utterance | None:
        """What the planner needs to know of a phrase that is recorded."""
        file = self.find(phrase)
        if file is None:
            return None
        recorded = self.recorded(file)
        counted = phrase.role in COUNTED
        onset_ms = onset.onset_ms(recorded.body, self._cache) if counted else None
        return Utterance(phrase.text, recorded.length_ms, file, onset_ms=onset_ms)

    def recorded(self, file: str) -> Recorded:
        """The clip of a recording.

        Raises:
            SoundError: there is no such file, or no sound in it that can be read.
        """
        if file not in self._found:
            path = self._root / file
            gain_db = self._gain_db(path.parent)
            name = cache.key("recording", _digest(path), gain_db, clips.VERSION)
            body = self._cache.load(name) or self._made(path, name, gain_db)
            self._found[file] = Recorded(name, body)
        return self._found[file]

    @cached_property
    def _by_words(self) -> dict[str, str]:
        """Words of a file's name, as `file_name` writes them -> the file."""
        return {file_name(Path(file).stem): file for file in self.listed()}

    def listed(self) -> Iterator[str]:
        """The recordings in the folder, backwards, so that of two of one name the first counts."""
        if self._folder is None:
            return
        for path in sorted((self._root / self._folder).glob("*"), reverse=True):
            if path.suffix.lower() in SUFFIXES:
                yield Path(self._folder, path.name).as_posix()

    def _made(self, path: Path, name: str, gain_db: float) -> bytes:
        clip = clips.finished(self._prepared(path), gain_db)
        if not clip.n_frames:
            raise SoundError(f"nothing is to be heard in {path.name}", "Record it again, louder.")
        body = clips.to_bytes(clip)
        self._cache.store(name, body)
        return body

    def _prepared(self, path: Path) -> Audio:
        sound = clips.prepared(self._read(path))
        if frames_to_ms(sound.n_frames) > MAX_MS:
            raise SoundError(
                f"{path.name} lasts more than {MAX_MS // 60_000} minutes", "Cut it into parts."
            )
        return sound

    def _gain_db(self, folder: Path) -> float:
        if folder not in self._gains:
            names = dict.fromkeys((*self._files, *self.listed()))
            paths = [path for path in (self._root / name for name in names) if path.is_file()]
            beside = sorted({path for path in paths if path.parent == folder})
            self._gains[folder] = self._measured(beside)
        return self._gains[folder]

    def _measured(self, paths: list[Path]) -> float:
        """The gain of all these together; one that cannot be read is told where it is wanted."""
        name = cache.key("gain of recordings", *map(_digest, paths), clips.VERSION)
        if (known := self._cache.load(name)) is not None:
            return float(known)
        sounds = []
        for path in paths:
            with suppress(SoundError):
                sounds.append(clips.finished(self._prepared(path), 0.0).samples)
        if not sounds:
            return 0.0
        together = Audio(np.concatenate(sounds), clips.EMPTY.rate_hz)
        gain_db = round(clips.level_gain_db(self._loudness(together)), 2)
        self._cache.store(name, repr(gain_db).encode())
        return gain_db


def file_name(text: str) -> str:
    """The name, without a suffix, of the recording of a text: `rest-20-seconds`."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    name = "-".join(re.findall(r"[^\W_]+", plain))
    if len(name) <= _MAX_NAME:
        return name
    return f"{name[: _MAX_NAME - 9].rstrip('-')}-{cache.digest(name.encode())[:8]}"


def _digest(path: Path) -> str:
    try:
        return cache.digest(path.read_bytes())
    except OSError as error:
        raise SoundError(
            f"there is no recording {path.name}", "Name a sound file below the script's folder."
        ) from error
