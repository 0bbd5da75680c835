"""`phrases` and `recordings`: the coach's words, to be edited, and to be recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from voiceguide.cli import options
from voiceguide.cli.messages import counted, put, put_json, tell
from voiceguide.cli.sources import find
from voiceguide.cli.tables import put_rows
from voiceguide.model.errors import UsageError


def phrases(
    language: Annotated[
        str | None,
        typer.Argument(
            metavar="LANGUAGE",
            help="Such as de or pt-BR; where left out, the languages are listed.",
            autocompletion=options.complete_language,
        ),
    ] = None,
) -> None:
    """Show a phrase book: what the coach says in a language, to copy and edit.

    `voiceguide phrases de > my-words.yaml`, and `phrases: my-words.yaml` in a script. The lines
    that you leave out stay as they are.
    """
    from voiceguide import coach

    if language is None:
        for known in coach.languages():
            put(known)
        return
    try:
        put(coach.text(language).rstrip("\n"))
    except KeyError:
        raise UsageError(
            f"there is no phrase book for {language}",
            f"There are {', '.join(coach.languages())}; any of them can be translated.",
        ) from None


def recordings(
    script: options.Script,
    *,
    missing: Annotated[
        bool, typer.Option("--missing", help="Only what is not recorded yet.")
    ] = False,
    talk: options.Talk = None,
    level: options.Level = None,
    variables: options.Set = None,
    as_json: options.Json = False,
) -> None:
    """List what is said in a script, with the file name under which a recording of it is found.

    Record a line, save it under that name (wav, mp3, m4a, ogg, opus or flac) in the folder that
    the script names, `recordings: FOLDER`, and it is heard in place of the voice.
    """
    from voiceguide import pipeline
    from voiceguide.voice.recordings import file_name

    found = find(script)
    chosen = options.overrides(engine="silent", talk=talk, level=level, variables=variables)
    timeline = pipeline.plan(found.source, chosen, estimate=True)
    files = {cue.text: cue.file for cue in timeline.speech}
    wanted = [(text, file) for text, file in files.items() if not (missing and file)]
    if as_json:
        put_json([{"text": t, "name": file_name(t), "file": f} for t, f in wanted])
        return
    put_rows([(file_name(text), file or "-", text) for text, file in wanted])
    done = sum(file is not None for file in files.values())
    tell(f"{done} of {counted(len(files), 'line')} recorded")
