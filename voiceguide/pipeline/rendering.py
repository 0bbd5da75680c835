"""A timeline and its clips -> sound, and a finished file."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache as cache_of_calls
from pathlib import Path
from typing import BinaryIO

from voiceguide import cache, export, prepared
from voiceguide.atomic import writing
from voiceguide.coach import PhraseBook
from voiceguide.model.audio import Audio
from voiceguide.model.errors import UsageError
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline, Tone, dump
from voiceguide.pipeline.loading import load, quiet, sound
from voiceguide.pipeline.music import Progress
from voiceguide.pipeline.planning import spoken_plan
from voiceguide.sound import LEVEL_VERSION, Level, Mix, mix, tones
from voiceguide.voice import Cast

STANDARD_OUTPUT = Path("-")
_PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file and what it took."""

    path: Path
    duration_ms: int
    size_bytes: int
    lufs: float
    """Integrated loudness of the mix (ITU-R BS.1770-4)."""
    timeline: Timeline
    elapsed_s: float


def render(
    source: Source,
    target: Path,
    options: Options = Options(),  # noqa: B008  a frozen value
    *,
    format: str | None = None,  # noqa: A002  the option's own name
    timeline_file: Path | None = None,
    album: str = export.ALBUM,
    track: tuple[int, int] | None = None,
    progress: Progress | None = None,
) -> Rendered:
    """Writes the finished audio of a script; nothing is left under `target` where that fails.

    Args:
        source: the script.
        target: the file; `-` is standard output.
        options: overrides of the script.
        format: suffix of the format, where that of `target` does not say it.
        timeline_file: gets the timeline as JSON.
        album: what the session belongs to.
        track: which of how many sessions of the album it is.
        progress: told the phases "reading", "hearing the music", "laying out", "speaking",
            "levelling" and "writing".

    Raises:
        ScriptError: all faults of the script.
        UsageError: music of the options that cannot be played.
        SpeechError: no such engine or voice, or no sound from it.
        SoundError: a sound of the script cannot be decoded.
        ExportError: no encoder, or a target that cannot be written.
    """
    began = time.monotonic()
    progress = progress or quiet
    suffix = format or (target.suffix if target != STANDARD_OUTPUT else None) or "mp3"
    export.exporter_for(suffix)
    timeline, mixed, book = _prepared(source, options, progress)
    year = date.today().year  # noqa: DTZ011  the user's own day
    comment = book.comment(timeline.equipment)
    tags = export.describe(timeline, comment=comment, year=year, album=album, track=track)

    def written(done: float) -> None:
        progress("writing", round(done * _PER_MILLE), _PER_MILLE)

    with ExitStack() as both:  # the timeline appears with the audio, or neither does
        if timeline_file is not None:
            part = both.enter_context(writing(timeline_file))
            part.write_text(dump(timeline, indent=2) + "\n", "utf-8")
        if target == STANDARD_OUTPUT:
            size_bytes = export.write_stream(
                mixed, timeline, _standard_output(), tags=tags, suffix=suffix, progress=written
            )
        else:
            export.write_file(mixed, timeline, target, tags=tags, suffix=suffix, progress=written)
            size_bytes = target.stat().st_size
    return Rendered(
        path=target,
        duration_ms=timeline.duration_ms,
        size_bytes=size_bytes,
        lufs=mixed.level.lufs,
        timeline=timeline,
        elapsed_s=time.monotonic() - began,
    )


def prepare(
    source: Source,
    options: Options = Options(),  # noqa: B008  a frozen value
    progress: Progress | None = None,
) -> tuple[Timeline, Mix]:
    """The timeline of a script and its sound, ready to be written or played.

    Raises:
        ScriptError: all faults of the script.
        UsageError: music of the options that cannot be played.
        SpeechError: no such engine or voice, or no sound from it.
        SoundError: a sound of the script cannot be decoded.
    """
    return _prepared(source, options, progress or quiet)[:2]


def _prepared(
    source: Source, options: Options, progress: Progress
) -> tuple[Timeline, Mix, PhraseBook]:
    progress("reading", 0, 0)
    loaded = load(source, options, progress)
    timeline, cast = spoken_plan(loaded, options, estimate=False, progress=progress)

    @cache_of_calls
    def load_sound(name: str) -> Audio:
        return tones.load(sound(name, source.folder))

    def tone(cue: Tone) -> Audio:
        return load_sound(cue.sound)

    progress("levelling", 0, 0)
    levels = cache.Cache(cache.where() / "levels")
    score = loaded.music.score
    name = cache.key(_name_of_sounds(timeline, cast, tone), score)
    known = levels.load(name)
    hops = {survey.track: survey.hops for survey in loaded.music.surveys}
    mixed = mix(
        timeline,
        lambda cue: cast.clip(cue.phrase, cue.speed),
        tone,
        score=score,
        hops_of=hops.__getitem__,
        level=Level(**json.loads(known)) if known else None,
        progress=lambda done: progress("levelling", round(done * _PER_MILLE), _PER_MILLE),
    )
    if known is None:
        levels.store(name, json.dumps(asdict(mixed.level)).encode())
    prepared.keep(
        source,
        options,
        timeline,
        mixed.level,
        cast.kept,
        lambda name: sound(name, source.folder),
        loaded.files,
        score,
        loaded.music.files,
    )
    return timeline, mixed, loaded.book


def _name_of_sounds(timeline: Timeline, cast: Cast, tone: Callable[[Tone], Audio]) -> str:
    """A name for all that decides the level of a session: what sounds when."""
    spoken = dict.fromkeys((cue.phrase, cue.speed) for cue in timeline.speech)
    sounds = {cue.sound: cue for cue in timeline.tones}
    return cache.key(
        LEVEL_VERSION,
        dump(timeline),
        [cast.clip_key(phrase, speed) for phrase, speed in spoken],
        [cache.digest(tone(cue).samples.tobytes()) for cue in sounds.values()],
    )


def _standard_output() -> BinaryIO:
    if sys.stdout is None:  # closed by whoever called us
        raise UsageError("standard output is closed", "Name a file with -o.")
    return sys.stdout.buffer
