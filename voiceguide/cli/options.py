"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.cli.sources import Kind
    from voiceguide.model.options import Options


def complete_script(incomplete: str) -> list[str]:
    """Built-in routines and script files that begin with `incomplete`, for the shell."""
    return _completed(incomplete, "scripts")


def complete_programme(incomplete: str) -> list[str]:
    """Built-in programmes and files that begin with `incomplete`, for the shell."""
    return _completed(incomplete, "programmes")


def _completed(incomplete: str, kind: Kind) -> list[str]:
    from voiceguide.cli.sources import builtin_names

    files = (
        str(path)
        for path in Path().glob(f"{incomplete}*")
        if path.is_dir() or path.suffix in {".yaml", ".yml"}
    )
    return [name for name in builtin_names(kind) if name.startswith(incomplete)] + sorted(files)


def complete_name(incomplete: str) -> list[str]:
    """Built-in routines and exercises that begin with `incomplete`, for the shell."""
    from voiceguide import library
    from voiceguide.cli.sources import builtin_names

    names = (*builtin_names(), *builtin_names("programmes"), *library.load().moves)
    return [name for name in names if name.startswith(incomplete)]


def complete_language(incomplete: str) -> list[str]:
    """Languages that begin with `incomplete`, for the shell."""
    from voiceguide import coach

    return [language for language in coach.languages() if language.startswith(incomplete)]


def complete_variable(context: typer.Context, incomplete: str) -> list[str]:
    """Variables of the scripts that are named already, for the shell."""
    from voiceguide import pipeline
    from voiceguide.cli.sources import find
    from voiceguide.model.errors import VoiceguideError
    from voiceguide.model.options import Options

    silent = Options(music="none")  # which takes time to hear
    scripts = context.params.get("scripts") or [context.params.get("script")]
    found: list[str] = []
    for script in filter(None, scripts):
        with suppress(VoiceguideError):
            routine = pipeline.load(find(script).source, silent).routine
            found += [f"{variable.name}={variable.default}" for variable in routine.variables]
    return [each for each in dict.fromkeys(found) if each.startswith(incomplete)]


_SCRIPT = typer.Argument(
    metavar="SCRIPT",
    help="A file, the name of a built-in routine, or `-` for standard input.",
    autocompletion=complete_script,
)
Script = Annotated[str, _SCRIPT]
ScriptOrNone = Annotated[str | None, _SCRIPT]
Programme = Annotated[
    str,
    typer.Argument(
        metavar="PROGRAMME",
        help="A file, the name of a built-in programme, or `-` for standard input.",
        autocompletion=complete_programme,
    ),
]
Scripts = Annotated[
    list[str],
    typer.Argument(
        metavar="SCRIPT",
        help="Files, names of built-in routines, or `-` for standard input.",
        autocompletion=complete_script,
    ),
]
Voice = Annotated[
    str | None, typer.Option("--voice", metavar="NAME", help="Who speaks: see `voiceguide voices`.")
]
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="What makes the voice: auto, or one that `doctor` lists.",
    ),
]
Rate = Annotated[
    int | None,
    typer.Option("--rate", metavar="WORDS", min=80, max=400, help="Words a minute, 80 to 400."),
]
Talk = Annotated[
    str | None,
    typer.Option("--talk", metavar="full|short|names|beeps", help="How much the coach says."),
]
Level = Annotated[
    str | None,
    typer.Option("--level", metavar="LEVEL", help="Progression of exercises: 1, 2, 3 or a name."),
]


def _language(of_what: str) -> typer.models.OptionInfo:
    """`--language`, in which each command tells what it is the language of."""
    option: typer.models.OptionInfo = typer.Option(
        "--language",
        metavar="LANGUAGE",
        help=f"The language of {of_what}: see `voiceguide phrases`. Default: en",
        autocompletion=complete_language,
        show_default=False,
    )
    return option


Language = Annotated[str, _language("the exercises")]
SessionLanguage = Annotated[str, _language("the session")]
TextLanguage = Annotated[str, _language("the text")]
Fit = Annotated[
    str | None,
    typer.Option("--fit", metavar="LENGTH", help="The exact length, such as 10m: gaps give way."),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A value for a variable of the script; `voiceguide show SCRIPT` lists them.",
        autocompletion=complete_variable,
    ),
]
Music = Annotated[
    str | None,
    typer.Option(
        "--music",
        metavar="FILE|FOLDER",
        help="Music below the voice, in place of the script's; `bed` is ours, `none` for none.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Data as JSON on standard output.")]


def overrides(
    *,
    voice: str | None = None,
    engine: str | None = None,
    rate: int | None = None,
    talk: str | None = None,
    level: str | None = None,
    fit: str | None = None,
    variables: list[str] | None = None,
    music: str | None = None,
) -> Options:
    """What the command line says in place of the script.

    Raises:
        UsageError: There is no such talk level, length or progression, or a variable has no value.
    """
    from voiceguide.model import routine
    from voiceguide.model.options import Options

    known: dict[str | None, routine.Talk] = {name: name for name in get_args(routine.Talk)}
    if talk is not None and talk not in known:
        raise UsageError(
            f"--talk {talk}: there is no such level",
            f"The levels are {', '.join(get_args(routine.Talk))}.",
        )
    return Options(
        voice=voice,
        engine=engine,
        rate=rate,
        talk=known.get(talk),
        level=_level(level),
        fit_ms=_fit(fit),
        variables=_variables(variables or ()),
        music=_music(music),
    )


def _music(name: str | None) -> str | None:
    """The absolute path of music, or one of the names that stand for none."""
    if name is None or name in {"bed", "none"}:
        return name
    if not name:
        raise UsageError("--music: no file is named", "Name one, or `bed`, or `none`.")
    return str(Path(name).expanduser().absolute())


def _variables(given: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Names and values; of a name that comes twice the last value counts."""
    values = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign:
            raise UsageError(f"--set {each}: there is no value", f"Write --set {each}=VALUE.")
        values[name.strip()] = value
    return tuple(values.items())


def _fit(length: str | None) -> int | None:
    """A length of a session in ms."""
    from voiceguide.script.durations import milliseconds
    from voiceguide.script.faults import Refused

    if length is None:
        return None
    try:
        return milliseconds(length)
    except Refused as error:
        raise UsageError(f"--fit {length}: {error.message}", error.hint) from error


def _level(level: str | None) -> int | str | None:
    """A progression by its number or its name."""
    from voiceguide import library

    if level is None:
        return None
    moves = library.load()
    names = moves.level_names()
    if level in {"1", "2", "3"}:
        return int(level)
    if any(library.level_of(move, level) for move in moves.moves.values()):
        return level
    raise UsageError(
        f"--level {level}: there is no such progression",
        f"Levels are 1 to 3, or a name: {', '.join(names)}.",
    )
