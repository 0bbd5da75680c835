"""Sessions that were prepared before: heard again at once, without being planned again.

What decides a session names its entry in the cache: the script and its folder, the options, this
program down to its files, and all that is installed beside it. What it is made of, clips, sounds
and included scripts, is compared with what was kept. Where anything differs there is no entry, and
the session is prepared afresh; faults are never kept.

This module imports neither the script reader nor the planner, which take longer to import than
a listener likes to wait (`docs/live.md`).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from voiceguide import __version__, cache
from voiceguide.data import shipped
from voiceguide.model.audio import Audio
from voiceguide.model.options import Options
from voiceguide.model.phrase import Phrase
from voiceguide.model.source import Source
from voiceguide.model.timeline import Speech, Timeline, Tone, dump, parse
from voiceguide.sound import Level, Mix, Score, Track, mix, tones, tracks
from voiceguide.voice import clips
from voiceguide.voice.kept import Kept

_FORMAT = 3
_PACKAGE = Path(__file__).parent


def recall(source: Source, options: Options) -> tuple[Timeline, Mix] | None:
    """The timeline and the sound of a session that was kept; None where it has to be prepared."""
    body = _sessions().load(_name(source, options))
    if body is None:
        return None
    entry: dict[str, Any] = json.loads(body)
    bodies = _clip_bodies(entry["clips"])
    if bodies is None or entry["files"] != _digests(entry["files"]):
        return None
    if entry["music"] != _states(entry["music"]):
        return None

    def clip(cue: Speech) -> Audio:
        return clips.at_speed(*bodies[cue.phrase], cue.speed)

    def tone(cue: Tone) -> Audio:
        return tones.load(entry["paths"][cue.sound])

    timeline = parse(entry["timeline"])
    score = _score(entry["score"])
    return timeline, mix(timeline, clip, tone, score=score, level=Level(**entry["level"]))


def keep(
    source: Source,
    options: Options,
    timeline: Timeline,
    level: Level,
    clip: Callable[[Phrase], Kept],
    sound: Callable[[str], str],
    files: Iterable[Path],
    score: Score | None = None,
    music: Iterable[Path] = (),
) -> None:
    """Keeps a session for `recall`, if the cache folder takes it.

    Args:
        source: the script it was made of.
        options: the overrides it was made with.
        timeline: with measured lengths.
        level: of its mix.
        clip: what is kept of the clip of a phrase.
        sound: the name of a sound in the timeline, as `tones.load` takes it.
        files: what else the script was made of, files and folders.
        score: its music.
        music: the files and folders of the score.
    """
    paths = {cue.sound: sound(cue.sound) for cue in timeline.tones}
    phrases = dict.fromkeys(cue.phrase for cue in timeline.speech)
    entry = {
        "timeline": dump(timeline),
        "level": asdict(level),
        "clips": [[asdict(phrase), clip(phrase)] for phrase in phrases],
        "paths": paths,
        "files": _digests((*_of_listener(paths.values()), *map(str, files))),
        "score": None if score is None else asdict(score),
        "music": _states(map(str, music)),
    }
    _sessions().store(_name(source, options), json.dumps(entry).encode())


def fingerprint(
    source: Source, options: Options, files: Iterable[Path], music: Iterable[Path]
) -> str:
    """A name for all that decides what is heard of a session; another one where any of it changes.

    Args:
        source: its script.
        options: the overrides.
        files: what else it is made of, files and folders.
        music: the files and folders of its music.
    """
    digests, states = _digests(map(str, files)), _states(map(str, music))
    return cache.key(_name(source, options), sorted(digests.items()), sorted(states.items()))


def _sessions() -> cache.Cache:
    return cache.Cache(cache.where() / "sessions")


def _clip_bodies(kept: list[Any]) -> dict[Phrase, tuple[bytes, int]] | None:
    """Bytes of each clip, and its length as it was planned with; None where one has changed."""
    held = cache.Cache()
    bodies: dict[Phrase, tuple[bytes, int]] = {}
    for phrase, (name, digest, length_ms) in kept:
        body = held.load(name) if name else clips.to_bytes(clips.EMPTY)
        if body is None or cache.digest(body) != digest:
            return None
        bodies[Phrase(**phrase)] = body, length_ms
    return bodies


def _of_listener(sounds: Iterable[str]) -> Iterator[str]:
    """The sound files that are not ours; ours are told by the name of the entry."""
    ours = tones.names()
    return (name for name in sounds if name not in ours)


def _digests(files: Iterable[str]) -> dict[str, str]:
    """What is in the files now."""
    return {name: _digest(Path(name)) for name in files}


def _states(music: Iterable[str]) -> dict[str, str]:
    """How large and how old the files and folders of the music are now."""
    return {name: tracks.state(Path(name)) for name in music}


def _score(kept: dict[str, Any] | None) -> Score | None:
    if kept is None:
        return None
    lists = {
        name: tuple(Track(**track) for track in kept[name])
        for name in ("everywhere", "work", "rest")
    }
    return Score(**{**kept, **lists})


def _digest(path: Path) -> str:
    """A name for what a file holds; of a folder, for its files as far as their dates tell."""
    try:
        if path.is_dir():
            seen = sorted((each.name, each.stat().st_mtime_ns) for each in path.iterdir())
            return cache.key(*seen)
        return cache.digest(path.read_bytes())
    except OSError:
        return "gone"


def _name(source: Source, options: Options) -> str:
    """A name for all that decides a session before a word of it is spoken."""
    return cache.key(
        _FORMAT,
        __version__,
        sys.version,
        source.text,
        str(source.folder.resolve()),
        options,
        sorted((name, value) for name, value in os.environ.items() if "ESPEAK" in name),
        list(_program()),
        list(_installed()),
    )


def _program() -> Iterator[tuple[str, int, int]]:
    """Every file of the program and its sounds, with size and time of change in ns."""
    for root in dict.fromkeys((_PACKAGE, shipped("sounds"))):
        for folder, inner, files in os.walk(root):
            inner[:] = sorted(name for name in inner if name != "__pycache__")
            for file in sorted(files):
                path = os.path.join(folder, file)  # noqa: PTH118  a hundred paths, in 2 ms
                seen = os.stat(path)  # noqa: PTH116  the same
                yield path, seen.st_size, seen.st_mtime_ns


def _installed() -> Iterator[tuple[str, int]]:
    """Every distribution beside the program: an engine that comes, goes or changes is one."""
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                found = [
                    (entry.path, entry.stat().st_mtime_ns)
                    for entry in entries
                    if entry.name.endswith((".dist-info", ".egg-info", ".egg-link", ".pth"))
                ]
        except OSError:  # an archive, or a folder that is not there
            continue
        yield from sorted(found)
