"""`voices` and `speak-as`: who can speak here, how it sounds, and what an engine is given."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voiceguide.cli import options
from voiceguide.cli.messages import put, put_json
from voiceguide.cli.tables import put_rows
from voiceguide.cli.targets import make_folder
from voiceguide.model.errors import PlaybackError, UsageError

if TYPE_CHECKING:
    from voiceguide.model.options import Options
    from voiceguide.model.source import Source
    from voiceguide.voice import VoiceInfo

_SENTENCE = "Ten seconds left. Three, two, one. Rest, and breathe."
_FOLDER = Path("output", "voices")


def voices(
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="The words for --try and --compare."),
    ] = None,
    *,
    engine: options.Engine = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="TAG", help="Only voices that speak it: en, en-GB."),
    ] = None,
    try_: Annotated[
        str | None,
        typer.Option("--try", metavar="NAME", help="Hear one voice; with -o it is written."),
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Write the same words in every voice, a file each.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|DIR",
            help="Where --try writes a file, and --compare a folder. Default: output/voices/",
        ),
    ] = None,
    rate: options.Rate = None,
    as_json: options.Json = False,
) -> None:
    """List the voices of every engine, and hear them.

    What is not on this machine is listed too; below stand the lines that fetch it.
    """
    if try_ is not None and compare:
        raise UsageError("--try and --compare contradict each other", "Give only one.")
    if text is not None and try_ is None and not compare:
        raise UsageError(f"what is to be done with {text!r}?", "Say --try NAME, or --compare.")
    if try_ is not None:
        _try(text or _SENTENCE, _options(engine, try_, rate), language or "en", output)
        return
    found = list(_found(engine, language))
    if compare:
        _compare(text or _SENTENCE, found, rate, output or _FOLDER)
    elif as_json:
        put_json([{**asdict(info), "short": info.short} for info in found])
    else:
        put_rows([_row(info) for info in found])
        fetched_by = [info.hint for info in found if not info.installed and info.hint]
        _put_lines("To fetch a voice that is not here, one of these lines:", fetched_by)
        _put_lines("To install an engine that is not here:", list(_missing(engine)))


def speak_as(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="As it stands in a script.")],
    *,
    language: options.TextLanguage = "en",
) -> None:
    """Show what an engine is given for a text: figures, signs and abbreviations in words."""
    from voiceguide.voice import speakable
    from voiceguide.voice.normalise import for_engine

    put(for_engine(speakable(text, (), language), language))


def _row(info: VoiceInfo) -> tuple[str, ...]:
    name = info.name if info.installed else f"{info.name}, not here"
    return info.engine, info.short, info.language, info.gender or "", name


def _put_lines(head: str, lines: Sequence[str]) -> None:
    """Writes lines for the shell, each as wide as it is, to be copied."""
    if lines:
        put("\n  ".join((f"\n{head}", *lines)))


def _found(engine: str | None, language: str | None) -> Iterator[VoiceInfo]:
    from voiceguide import voice

    wanted = (language or "").lower()
    for info in voice.voices(engine):
        if not wanted or info.language == wanted or info.language.startswith(f"{wanted}-"):
            yield info


def _missing(engine: str | None) -> Iterator[str]:
    """Engines that are not installed, and the line that installs each."""
    from voiceguide import plugins

    if engine is None:
        for plugin in map(plugins.probe, plugins.listed(plugins.ENGINES)):
            if plugin.state == "missing":
                yield f"{plugin.name}: {plugin.hint}"


def _options(engine: str | None, voice: str | None, rate: int | None) -> Options:
    from voiceguide.model.options import Options

    return Options(engine=engine, voice=voice, rate=rate)


def _sample(text: str, language: str) -> Source:
    """A session of these words alone."""
    from voiceguide import script
    from voiceguide.model.phrase import Phrase
    from voiceguide.model.routine import Routine, Say
    from voiceguide.model.source import Source

    routine = Routine(title=text, language=language, steps=(Say(say=Phrase(text)),))
    return Source(script.dump(routine).encode(), "TEXT", Path())


def _try(text: str, chosen: Options, language: str, output: Path | None) -> None:
    from voiceguide import live, pipeline
    from voiceguide.live.card import CardDevice
    from voiceguide.sound import tones

    sample = _sample(text, language)
    if output is not None:
        make_folder(output)
        pipeline.render(sample, output, chosen)
        put(str(output))
        return
    timeline, mix = pipeline.prepare(sample, chosen)
    card, bell = CardDevice(None), tones.load("bell")
    try:
        live.play(timeline, mix, bell, card, live.Settings(), now=time.monotonic, sleep=time.sleep)
    except PlaybackError as error:
        raise PlaybackError(error.message, "With -o hello.wav it is written.") from error


def _compare(text: str, found: Sequence[VoiceInfo], rate: int | None, folder: Path) -> None:
    from voiceguide import pipeline

    for info in found:
        if info.installed:
            name = re.sub(r"[^\w.+@-]+", "-", info.short)  # a command line, it may be
            target = folder / f"{info.engine}-{name}.mp3"
            make_folder(target)
            sample = _sample(text, info.language.partition("-")[0] or "en")
            pipeline.render(sample, target, _options(info.engine, info.id, rate))
            put(str(target))
