"""The program: its commands, and the one place where errors become exit codes."""

from __future__ import annotations

import glob
import io
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from voiceguide import __version__
from voiceguide.cli import (
    composing,
    doctor,
    machine,
    misuse,
    play,
    programmes,
    routines,
    sessions,
    verify,
    voices,
    words,
)
from voiceguide.cli.help import PlainCommand
from voiceguide.cli.messages import put, tell, tell_error
from voiceguide.model.errors import EXIT_FAILED, EXIT_USAGE, VoiceguideError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help reads alike everywhere, and takes half the time
    context_settings={"help_option_names": ["-h", "--help"]},
)
_command = partial(app.command, cls=PlainCommand)
_command()(sessions.render)
_command()(sessions.plan)
_command()(programmes.program)
_command("programme", hidden=True)(programmes.program)  # as everything else spells it
_command()(play.play)
_command()(play.history)
_command()(sessions.check)
_command()(verify.verify)
_command("list")(routines.list_all)
_command()(routines.show)
_command()(routines.new)
_command()(composing.compose)
_command()(words.phrases)
_command()(words.recordings)
_command()(voices.voices)
_command("speak-as")(voices.speak_as)
_command()(machine.sounds)
_command()(machine.schema)
_command()(machine.cache)
_command()(doctor.doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one call of the program and gives back its exit code (`docs/cli.md`).

    Args:
        arguments: What follows the program's name; by default those of this process.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if sys.platform == "win32":  # its shells leave `*.yaml` to the program
        found = ((word, glob.glob(word)) for word in given)  # noqa: PTH207 - words as typed
        given = [name for word, names in found for name in sorted(names) or [word]]
    # Asked for when something went wrong, so it is typed last: it counts anywhere in the call.
    debug = "--debug" in given
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Data is UTF-8 whatever the terminal; a file name that is not UTF-8 comes out as it is.
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    try:
        return _called(sorted(given, key=lambda word: word != "--debug"))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except VoiceguideError as error:
        if debug:
            traceback.print_exc()
        tell_error(error)
        return error.exit_code
    except OSError as error:
        if debug:
            traceback.print_exc()
        tell(f"error: {error.strerror or error}")
        tell("  Is there room on the disk, and does somebody read the output?")
        return EXIT_FAILED
    except Exception as error:  # noqa: BLE001 - the one place; whoever wants a traceback asks
        if debug:
            traceback.print_exc()
        tell(f"error: {type(error).__name__}: {error}")
        tell("  This is a fault of voiceguide. The same call with --debug shows where.")
        return EXIT_FAILED


def _called(arguments: Sequence[str]) -> int:
    """The exit code of a call.

    Raises:
        UsageError: Typer makes nothing of it.
    """
    try:
        code = app(arguments, prog_name="voiceguide", standalone_mode=False)
    except misuse.Misuse as error:
        if (told := misuse.translated(error)) is not None:
            raise told from error
        tell(str(error))
        return EXIT_USAGE
    return code if isinstance(code, int) else 0


def _tell_version(*, wanted: bool) -> None:
    if wanted:
        put(f"voiceguide {__version__}")
        raise typer.Exit


@app.callback()
def voiceguide(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", is_eager=True, callback=_tell_version),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Tell what happens inside, and show tracebacks.")
    ] = False,
) -> None:
    """Turn a script into a voice-guided workout: a finished MP3.

    Begin with `voiceguide render run-warmup`, or write your own: `voiceguide new my-routine.yaml`.

    Not medical advice. Stop when something hurts; with lasting pain or weakness see a doctor or a
    physical therapist before you train.
    """
    if debug:
        import logging

        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
