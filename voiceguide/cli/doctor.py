"""`doctor`: what is installed, what is missing, and the line that installs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import typer

from voiceguide import __version__
from voiceguide.cli import options
from voiceguide.cli.messages import put, put_json, tell
from voiceguide.cli.tables import put_rows
from voiceguide.model.errors import EXIT_MISSING, VoiceguideError

if TYPE_CHECKING:
    from voiceguide.export import Exporter
    from voiceguide.plugins import Plugin

State = Literal["ready", "missing", "failed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing that a session may need."""

    kind: str
    name: str
    state: State
    detail: str = ""
    """Where it is, or why it is not there."""
    hint: str = ""
    """The line that installs it."""


def doctor(*, as_json: options.Json = False) -> None:
    """Tell what is installed, and how to get what is missing."""
    findings = list(_examine())
    needs = list(_needs(findings))
    if as_json:
        put_json({"findings": [asdict(finding) for finding in findings], "needs": needs})
    else:
        put_rows([(f.kind, f.name, f.state, f.detail) for f in findings])
        _put_cures([finding for finding in findings if finding.state != "ready"])
    for need in needs:
        tell(f"missing: {need}")
    if needs:
        raise typer.Exit(EXIT_MISSING)


def _put_cures(findings: list[Finding]) -> None:
    """Writes what mends each of them, in lines that are not broken, to be copied."""
    hints = [f"  {f.kind} {f.name}: {f.hint}" for f in findings if f.hint]
    if hints:
        put("\nTo get what is not ready, as far as you need it:")
        put("\n".join(hints))


def _examine() -> Iterator[Finding]:
    import platform

    from voiceguide import plugins

    system = f"{platform.system()} {platform.machine()}"
    yield Finding("program", "voiceguide", "ready", __version__)
    yield Finding("program", "python", "ready", f"{platform.python_version()}, {system}")
    yield _ffmpeg()
    for kind, group, told in (
        ("engine", plugins.ENGINES, _voices),
        ("format", plugins.EXPORTERS, _formats),
    ):
        for plugin in map(plugins.probe, plugins.listed(group)):
            state: State = "failed" if plugin.state == "listed" else plugin.state
            yield Finding(kind, plugin.name, state, plugin.reason or told(plugin), plugin.hint)
    yield _kanji()
    yield _cache()


def _needs(findings: list[Finding]) -> Iterator[str]:
    """What must be there for a session to be heard, and is not."""
    ready = {(finding.kind, finding.name) for finding in findings if finding.state == "ready"}
    if ("program", "ffmpeg") not in ready:
        yield "ffmpeg, to write any format but wav"
    if not {name for kind, name in ready if kind == "engine"} - {"silent"}:
        yield "an engine that speaks"
    if ("format", "mp3") not in ready:
        yield "the mp3 exporter; reinstall voiceguide"


def _ffmpeg() -> Finding:
    from voiceguide import ffmpeg

    try:
        return Finding("program", "ffmpeg", "ready", ffmpeg.locate())
    except VoiceguideError as error:
        return Finding("program", "ffmpeg", "missing", error.message, error.hint)


def _voices(plugin: Plugin) -> str:
    """How many voices an engine has here."""
    from voiceguide import voice

    if plugin.name == "command":
        return "the program that a script names"
    try:
        there = [info for info in voice.voices(plugin.name) if info.installed]
    except VoiceguideError as error:
        return error.message
    return f"{len(there)} voices" if len(there) != 1 else f"1 voice: {there[0].short}"


def _formats(plugin: Plugin) -> str:
    """What an exporter writes, and where it is from unless it is ours."""
    from voiceguide import plugins

    exporter: Exporter = plugins.load(plugin)
    ours = plugin.package.startswith("voiceguide ")
    return ", ".join(exporter.suffixes) + ("" if ours else f"; from {plugin.package}")


def _kanji() -> Finding:
    """What reads Japanese to the engines that need kana; sessions in other languages do without."""
    from voiceguide.voice import kana

    if version := kana.version():
        return Finding("language", "ja", "ready", f"pyopenjtalk-plus {version}")
    message, hint = "Japanese cannot be spoken", 'pip install "voiceguide[ja]"'
    return Finding("language", "ja", "missing", message, hint)


def _cache() -> Finding:
    from voiceguide import cache

    folder = cache.where()
    parent = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(parent, os.W_OK):
        return Finding("folder", "cache", "ready", str(folder))
    return Finding(
        "folder",
        "cache",
        "failed",
        f"{folder} cannot be written; everything is spoken anew each time",
        "Set XDG_CACHE_HOME to a folder of yours.",
    )
