"""Wires the stages: check, plan, render. The only module that knows several of them."""

from __future__ import annotations

import struct
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cache as cache_of_calls
from functools import partial
from pathlib import Path
from typing import BinaryIO

from voiceguide import coach, export, library, prepared, script
from voiceguide.export.atomic import writing
from voiceguide.model.audio import Audio, Utterance
from voiceguide.model.errors import (
    EngineMissing,
    Fault,
    ScriptError,
    SoundError,
    UsageError,
    VoiceUnknown,
)
from voiceguide.model.options import Options
from voiceguide.model.routine import Routine
from voiceguide.model.session import Session
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline, Tone, dump
from voiceguide.script.unroll import Unrolled, unroll
from voiceguide.sound import LEVEL_VERSION, Level, Mix, integrated_lufs, mix, tones
from voiceguide.voice import Speaker, cache, choose, estimate_ms, speakable
from voiceguide.voice.choice import DEFAULT_RATE_WPM, engine_names

Progress = Callable[[str, int, int], None]
"""Told the phase, how much of it is done, and how much it is in all."""


STANDARD_OUTPUT = Path("-")
_PER_MILLE = 1000
_LEVEL = struct.Struct("<dd")
"""Gain and loudness of a session, as the cache keeps them."""


def _quiet(_phase: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong or doubtful in a script, in the order of its lines."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


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


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A script that was read and unrolled, with everything found on the way."""

    script: script.Script
    session: Session | None
    report: Report
    fit_ms: int | None = None
    """The length asked for."""
    n_optional: int = 0
    leave_out: Callable[[int], Session] | None = None
    """The session without its last so many optional steps."""

    @property
    def routine(self) -> Routine:
        """The routine of a script without faults."""
        if self.report.faults or self.script.routine is None:
            raise ScriptError(self.report.faults)
        return self.script.routine


def find_faults(source: Source, options: Options = Options()) -> tuple[Fault, ...]:  # noqa: B008  a frozen value
    """What stands in the way of planning a script; `check` tells its doubts as well."""
    return _load(source, options).report.faults


def check(source: Source, options: Options = Options()) -> Report:  # noqa: B008  a frozen value
    """Everything that can be said of a script without speaking a word of it."""
    loaded = _load(source, options)
    if loaded.report.faults or loaded.session is None:
        return loaded.report
    routine = loaded.routine
    rate = options.rate or routine.voice.rate or DEFAULT_RATE_WPM

    @cache_of_calls
    def estimate(text: str) -> Utterance:
        spoken = speakable(text, routine.voice.pronounce, routine.language)
        return Utterance(spoken, estimate_ms(spoken, rate))

    planned = _fitted(loaded, lambda session: _plan(session, estimate, voice="", estimated=True))
    doubts = tuple(script.place(fault, loaded.script) for fault in planned.faults)
    return Report((), _in_order((*loaded.report.warnings, *doubts)))


def plan(
    source: Source,
    options: Options = Options(),  # noqa: B008  a frozen value
    *,
    estimate: bool = False,
    progress: Progress | None = None,
) -> Timeline:
    """The timeline of a script; speaks what is not in the cache, unless `estimate`.

    Raises:
        ScriptError: all faults of the script.
        SpeechError: no such engine or voice, or no sound from it.
    """
    return _spoken_plan(source, options, estimate=estimate, progress=progress or _quiet)[0]


def render(
    source: Source,
    target: Path,
    options: Options = Options(),  # noqa: B008  a frozen value
    *,
    format: str | None = None,  # noqa: A002  the option's own name
    timeline_file: Path | None = None,
    progress: Progress | None = None,
) -> Rendered:
    """Writes the finished audio of a script; nothing is left under `target` where that fails.

    Args:
        source: the script.
        target: the file; `-` is standard output.
        options: overrides of the script.
        format: suffix of the format, where that of `target` does not say it.
        timeline_file: gets the timeline as JSON.
        progress: told the phases "speaking", "levelling" and "writing".

    Raises:
        ScriptError: all faults of the script.
        SpeechError: no such engine or voice, or no sound from it.
        SoundError: a sound of the script cannot be decoded.
        ExportError: no encoder, or a target that cannot be written.
    """
    began = time.monotonic()
    progress = progress or _quiet
    suffix = format or (target.suffix if target != STANDARD_OUTPUT else None) or "mp3"
    export.exporter_for(suffix)
    timeline, mixed = prepare(source, options, progress)
    book = coach.load(timeline.language)
    year = date.today().year  # noqa: DTZ011  the user's own day
    tags = export.describe(timeline, comment=book.comment(timeline.equipment), year=year)

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


def _standard_output() -> BinaryIO:
    if sys.stdout is None:  # closed by whoever called us
        raise UsageError("standard output is closed", "Name a file with -o.")
    return sys.stdout.buffer


def prepare(
    source: Source,
    options: Options = Options(),  # noqa: B008  a frozen value
    progress: Progress | None = None,
) -> tuple[Timeline, Mix]:
    """The timeline of a script and its sound, ready to be written or played.

    Raises:
        ScriptError: all faults of the script.
        SpeechError: no such engine or voice, or no sound from it.
        SoundError: a sound of the script cannot be decoded.
    """
    progress = progress or _quiet
    timeline, speaker = _spoken_plan(source, options, estimate=False, progress=progress)

    @cache_of_calls
    def sound(name: str) -> Audio:
        return tones.load(_sound(name, source.folder))

    def tone(cue: Tone) -> Audio:
        return sound(cue.sound)

    levels = cache.ClipCache(cache.where() / "levels")
    name = _name_of_sounds(timeline, speaker, tone)
    known = levels.load(name)
    mixed = mix(
        timeline,
        lambda cue: speaker.clip(cue.text, cue.speed),
        tone,
        level=Level(*_LEVEL.unpack(known)) if known else None,
        progress=lambda done: progress("levelling", round(done * _PER_MILLE), _PER_MILLE),
    )
    if known is None:
        levels.store(name, _LEVEL.pack(mixed.level.gain_db, mixed.level.lufs))
    prepared.keep(
        source,
        options,
        timeline,
        mixed.level,
        lambda text: prepared.KeptClip(*speaker.kept(text)),
        lambda name: _sound(name, source.folder),
    )
    return timeline, mixed


def _name_of_sounds(timeline: Timeline, speaker: Speaker, tone: Callable[[Tone], Audio]) -> str:
    """A name for all that decides the level of a session: what sounds when."""
    spoken = dict.fromkeys((cue.text, cue.speed) for cue in timeline.speech)
    sounds = {cue.sound: cue for cue in timeline.tones}
    return cache.key(
        LEVEL_VERSION,
        dump(timeline),
        [speaker.clip_key(text, speed) for text, speed in spoken],
        [cache.digest(tone(cue).samples.tobytes()) for cue in sounds.values()],
    )


def _spoken_plan(
    source: Source, options: Options, *, estimate: bool, progress: Progress
) -> tuple[Timeline, Speaker]:
    loaded = _load(source, options)
    speaker = _speaker(loaded, options)
    assert loaded.session is not None
    asked = _Asked(speaker, estimate=estimate)
    while True:
        planned = _fitted(
            loaded,
            lambda session: _plan(session, asked, voice=speaker.label, estimated=estimate),
        )
        if not asked.missing:
            break
        speaker.speak(asked.missing, partial(progress, "speaking"))
        asked.missing.clear()
    if planned.faults:
        raise ScriptError(
            _in_order(tuple(script.place(fault, loaded.script) for fault in planned.faults))
        )
    return planned.timeline, speaker


def _fitted(loaded: _Loaded, plan: Callable[[Session], coach.Planned]) -> coach.Planned:
    """The plan of a script at the length asked for; a fault where it cannot be had."""
    assert loaded.session is not None
    if loaded.fit_ms is None or loaded.leave_out is None:
        return plan(loaded.session)
    found = coach.fit(loaded.fit_ms, loaded.leave_out, loaded.n_optional, plan)
    if isinstance(found, coach.Planned):
        return found
    fault = Fault(
        f"this session cannot last {_clock(loaded.fit_ms)}: its shortest is "
        f"{_clock(found.shortest_ms)}, its longest {_clock(found.longest_ms)}",
        path="fit" if loaded.routine.fit == loaded.fit_ms else "steps",
        hint="Ask for a length between, or mark more steps `optional: true`.",
    )
    planned = plan(loaded.session)
    return replace(planned, faults=(*planned.faults, fault))


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms / 1000, 60)
    return f"{minutes:.0f}:{seconds:06.3f}".removesuffix(".000")


@dataclass(slots=True)
class _Asked:
    """Answers the planner from clips, and from an estimate where there is no clip yet."""

    speaker: Speaker
    estimate: bool
    missing: dict[str, None] = field(default_factory=dict)
    known: dict[str, Utterance] = field(default_factory=dict)

    def __call__(self, text: str) -> Utterance:
        if (known := self.known.get(text)) is not None:
            return known
        spoken = None if self.estimate else self.speaker.utterance(text)
        if spoken is None and not self.estimate:
            self.missing[text] = None
            return self.speaker.estimate(text)
        self.known[text] = spoken or self.speaker.estimate(text)
        return self.known[text]


def _plan(
    session: Session, utterance: Callable[[str], Utterance], *, voice: str, estimated: bool
) -> coach.Planned:
    return coach.plan(
        session,
        coach.load(session.language),
        utterance,
        tones.lengths(),
        voice=voice,
        estimated=estimated,
    )


def _load(source: Source, options: Options) -> _Loaded:
    read = script.read(source.text, source.origin)
    if read.routine is None:
        return _Loaded(read, None, Report(read.faults, ()))
    unrolled = partial(
        unroll,
        read.routine,
        library.load(),
        sound_ms=cache_of_calls(lambda name: tones.length_ms(_sound(name, source.folder))),
        start_ms=tones.lengths()["start"].length_ms,
        talk=options.talk,
        level=options.level,
    )
    found = unrolled()
    faults = [*read.faults, *(script.place(fault, read) for fault in found.faults)]
    faults += [script.place(fault, read) for fault in _voice_faults(read.routine, options)]
    warnings = _in_order(tuple(script.place(fault, read) for fault in found.warnings))

    def told(unrolled: Unrolled) -> Session:
        placed = _in_order(tuple(script.place(fault, read) for fault in unrolled.warnings))
        lines = tuple(f"line {fault.line}: {fault.message}" for fault in placed)
        return replace(unrolled.session, warnings=lines)

    return _Loaded(
        read,
        told(found),
        Report(_in_order(tuple(faults)), warnings),
        fit_ms=options.fit_ms or read.routine.fit,
        n_optional=_may_go(found.n_optional, lambda n: unrolled(optional=n).session),
        leave_out=lambda n: told(unrolled(optional=found.n_optional - n)),
    )


def _may_go(n_optional: int, first: Callable[[int], Session]) -> int:
    """How many optional steps can be left out so that something of the session remains."""
    kept = 0
    while kept < n_optional and not first(kept).parts:
        kept += 1
    return n_optional - kept


def _voice_faults(routine: Routine, options: Options) -> list[Fault]:
    """Names of engines and voices in the script that nobody knows here."""
    engine, known = options.engine or routine.voice.engine, engine_names()
    if engine not in {None, *known} and not options.engine:
        near = get_close_matches(str(engine), known, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else ""
        message = f"expected one of the engines {', '.join(known)} (got `{engine}`)"
        return [Fault(message, path="voice.engine", hint=hint)]
    if routine.voice.name is None or options.voice:
        return []
    try:
        choose(engine, routine.voice.name, routine.language, None)
    except VoiceUnknown as error:
        return [Fault(error.message, path="voice.name", hint=error.hint)]
    except EngineMissing:
        return []  # that is no fault of the script, and told where somebody is to speak
    return []


def _speaker(loaded: _Loaded, options: Options) -> Speaker:
    routine = loaded.routine
    choice = choose(
        options.engine or routine.voice.engine,
        options.voice or routine.voice.name,
        routine.language,
        options.rate or routine.voice.rate,
    )
    return Speaker(choice, loudness=integrated_lufs, pronounce=routine.voice.pronounce)


def _sound(name: str, folder: Path) -> str:
    """A sound of ours by its name, or the path of a file below the folder of the script.

    Raises:
        SoundError: the file lies elsewhere.
    """
    if name in tones.names():
        return name
    root = folder.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise SoundError(
            f"`{name}` lies outside of the folder of the script",
            "Put the sound beside the script, or below its folder.",
        )
    return str(path)


def _in_order(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
