"""A script and all that it names -> a session, its words and its voices; or every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, partial
from pathlib import Path

from voiceguide import coach, library, script
from voiceguide.coach import PhraseBook
from voiceguide.files import Nearby
from voiceguide.model.errors import EngineMissing, Fault, ScriptError, SoundError, VoiceUnknown
from voiceguide.model.options import Options
from voiceguide.model.routine import Routine
from voiceguide.model.session import Session
from voiceguide.model.source import Source
from voiceguide.pipeline import collecting
from voiceguide.pipeline.music import LoadedMusic, Progress, load_music
from voiceguide.script.unroll import Unrolled, unroll
from voiceguide.sound import integrated_lufs, tones
from voiceguide.voice import Recordings, choose
from voiceguide.voice.choice import engine_names


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong or doubtful in a script, in the order of its lines."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A script without faults, and what a plan of it needs."""

    script: script.Script
    routine: Routine
    session: Session
    book: PhraseBook
    recordings: Recordings
    music: LoadedMusic
    files: tuple[Path, ...]
    """Beside the script, what decides what is heard: files, and folders of recordings."""
    fit_ms: int | None
    """The length asked for."""
    n_optional: int
    leave_out: Callable[[int], Session]
    """The session without its last so many optional steps."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of loading a script."""

    report: Report
    loaded: Loaded | None
    """None where there are faults."""


def quiet(_phase: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def find_faults(
    source: Source,
    options: Options = Options(),  # noqa: B008  a frozen value
    progress: Progress = quiet,
) -> tuple[Fault, ...]:
    """What stands in the way of planning a script; `check` tells its doubts as well.

    Raises:
        UsageError: music of the options that cannot be played.
    """
    return attempt(source, options, progress).report.faults


def load(
    source: Source,
    options: Options = Options(),  # noqa: B008  a frozen value
    progress: Progress = quiet,
) -> Loaded:
    """A script and what it names.

    Raises:
        ScriptError: all its faults.
        UsageError: music of the options that cannot be played.
    """
    found = attempt(source, options, progress)
    if found.loaded is None:
        raise ScriptError(found.report.faults)
    return found.loaded


@collecting.later()
def attempt(source: Source, options: Options, progress: Progress = quiet) -> Attempt:
    """A script and what it names, with everything that is wrong or doubtful in it.

    Raises:
        UsageError: music of the options that cannot be played.
    """
    nearby = _Nearby(source)
    read = script.read(source.text, source.origin, files=nearby, variables=options.variables)
    if read.routine is None:
        return Attempt(Report(read.faults, read.warnings), None)
    routine = read.routine
    book, book_faults = _book(read, source.folder)
    recordings = _recordings(routine, source.folder)
    unrolled = partial(
        unroll,
        routine,
        library.load(routine.language),
        sound_ms=cache(lambda name: tones.length_ms(sound(name, source.folder))),
        start_ms=tones.lengths()["start"].length_ms,
        talk=options.talk,
        level=options.level,
    )
    found = unrolled()
    music = load_music(read, options, source.folder, progress)
    to_place = (
        *found.faults,
        *_voice_faults(routine, options),
        *_recording_faults(routine, recordings, source.folder),
        *(script.unknown_sides(read, book.side_forms) if book else ()),
        *music.faults,
    )
    faults = (*read.faults, *(script.place(fault, read) for fault in to_place), *book_faults)

    def doubts(unrolled: Unrolled) -> tuple[Fault, ...]:
        placed = (script.place(fault, read) for fault in unrolled.warnings)
        return script.in_order((*read.warnings, *placed), read)

    report = Report(script.in_order(faults, read), doubts(found))
    if faults or book is None:
        return Attempt(report, None)

    def told(unrolled: Unrolled) -> Session:
        lines = tuple(f"{_line(fault, source)}: {fault.message}" for fault in doubts(unrolled))
        return replace(unrolled.session, warnings=lines)

    loaded = Loaded(
        read,
        routine,
        told(found),
        book,
        recordings,
        music,
        files=(*(source.folder / name for name in _files(routine)), *nearby.seen),
        fit_ms=options.fit_ms or routine.fit,
        n_optional=_may_go(found.n_optional, lambda n: unrolled(optional=n).session),
        leave_out=lambda n: told(unrolled(optional=found.n_optional - n)),
    )
    return Attempt(report, loaded)


def _line(fault: Fault, source: Source) -> str:
    """The line of a fault, with its file where that is an included one."""
    file = "" if fault.origin == source.origin else f"{fault.origin}, "
    return f"{file}line {fault.line}"


class _Nearby(Nearby):
    """The files of a script, and the sounds of ours."""

    def name(self, name: str, beside: str) -> str:
        """A sound of ours goes before a file of its name."""
        return name if name in tones.names() else super().name(name, beside)


def sound(name: str, folder: Path) -> str:
    """A sound of ours by its name, or the path of a file below the folder of the script.

    Raises:
        SoundError: the file lies elsewhere.
    """
    return name if name in tones.names() else str(_below(name, folder, "sound"))


def _below(name: str, folder: Path, what: str) -> Path:
    root = folder.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise SoundError(
            f"`{name}` lies outside of the folder of the script",
            f"Put the {what} beside the script, or below its folder.",
        )
    return path


def _may_go(n_optional: int, first: Callable[[int], Session]) -> int:
    """How many optional steps can be left out so that something of the session remains."""
    kept = 0
    while kept < n_optional and not first(kept).parts:
        kept += 1
    return n_optional - kept


def _book(read: script.Script, folder: Path) -> tuple[PhraseBook | None, tuple[Fault, ...]]:
    """The words of the coach: ours, with the author's own over them; None where they have faults.

    A fault of the author's file has its place in that file.
    """
    assert read.routine is not None
    routine, name = read.routine, read.routine.phrases
    if name is None:
        has_book = routine.language.partition("-")[0] in coach.languages()
        return (coach.load(routine.language) if has_book else None), ()
    try:
        path = _below(name, folder, "file")
        words = path.read_bytes()
    except SoundError as error:
        fault = Fault(error.message, path="phrases", hint=error.hint)
        return None, (script.place(fault, read),)
    except OSError:
        hint = f"`voiceguide phrases {routine.language} > {name}` writes one to edit."
        fault = Fault(f"there is no file `{name}`", path="phrases", hint=hint)
        return None, (script.place(fault, read),)
    file, own = script.read_words(words, name)
    if file.faults:
        return None, file.faults
    found = coach.own_words(routine.language, own)
    return found.book, tuple(script.place(fault, file) for fault in found.faults)


def _files(routine: Routine) -> Iterator[str]:
    """What a script names beside its sounds."""
    named = (routine.phrases, routine.recordings)
    spoken = (phrase.file for _, phrase in script.phrases(routine.steps))
    return (name for name in dict.fromkeys((*named, *spoken)) if name is not None)


def _recordings(routine: Routine, folder: Path) -> Recordings:
    files = (phrase.file for _, phrase in script.phrases(routine.steps))
    return Recordings(
        folder,
        routine.recordings,
        (file for file in files if file is not None),
        read=tones.read,
        loudness=integrated_lufs,
    )


def _recording_faults(routine: Routine, recordings: Recordings, folder: Path) -> list[Fault]:
    """Recordings that the script names or finds, and that are not there, or hold no sound."""
    wanted = [
        (f"{path}.file", phrase.file)
        for path, phrase in script.phrases(routine.steps)
        if phrase.file is not None
    ]
    faults = []
    if (name := routine.recordings) is not None:
        is_below = (folder / name).resolve().is_relative_to(folder.resolve())
        if is_below and (folder / name).is_dir():
            wanted += [("recordings", file) for file in recordings.listed()]
        else:
            message = f"there is no folder `{name}` below that of the script"
            hint = "Make it, or leave the key out."
            faults.append(Fault(message, path="recordings", hint=hint))
    found = (_recording_fault(path, file, recordings, folder) for path, file in wanted)
    return faults + [fault for fault in found if fault is not None]


def _recording_fault(path: str, file: str, recordings: Recordings, folder: Path) -> Fault | None:
    try:
        _below(file, folder, "recording")
        recordings.recorded(file)
    except SoundError as error:
        return Fault(error.message, path=path, hint=error.hint)
    return None


def _voice_faults(routine: Routine, options: Options) -> list[Fault]:
    """Names of engines and voices in the script that nobody knows here, and languages alike."""
    engine, name = routine.voice.speaks
    engine = options.engine or engine
    faults = [] if options.engine else _engine_faults("voice.engine", routine.voice.engine)
    wanted: list[tuple[str, str | None, str | None, str]] = [
        (f"{path}.language", engine, None, phrase.language)
        for path, phrase in script.phrases(routine.steps)
        if phrase.language is not None and phrase.file is None
    ]
    if name is not None and not options.voice and not (options.engine and routine.voice.command):
        key = "command" if routine.voice.command else "name"
        wanted.append((f"voice.{key}", engine, name, routine.language))
    if (second := routine.voice2) is not None:
        faults += _engine_faults("voice2.engine", second.engine)
        key = "voice2.name" if second.name else "voice2"
        wanted.append((key, *second.speaks, routine.language))
    for role, manner in routine.roles:
        if manner.voice == "voice2" and routine.voice2 is None:
            message = "there is no `voice2` in this script"
            hint = "Write `voice2: {name: en-gb-x-rp}`, or another voice of `voiceguide voices`."
            faults.append(Fault(message, path=f"roles.{role}", hint=hint))
    if faults:
        return faults
    found = (_voice_fault(engine, name, language, path) for path, engine, name, language in wanted)
    return [fault for fault in found if fault is not None]


def _engine_faults(path: str, engine: str | None) -> list[Fault]:
    if engine is None or engine in (known := engine_names()):
        return []
    near = get_close_matches(engine, known, n=1)
    hint = f"Did you mean `{near[0]}`?" if near else ""
    message = f"expected one of the engines {', '.join(known)} (got `{engine}`)"
    return [Fault(message, path=path, hint=hint)]


def _voice_fault(engine: str | None, name: str | None, language: str, path: str) -> Fault | None:
    try:
        choose(engine, name, language, None)
    except VoiceUnknown as error:
        return Fault(error.message, path=path, hint=error.hint)
    except EngineMissing:
        return None  # that is no fault of the script, and told where somebody is to speak
    return None
