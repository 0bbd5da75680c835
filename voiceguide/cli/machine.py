"""`sounds`, `schema` and `cache`: what this machine can play, and what it keeps."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from voiceguide.cli import options
from voiceguide.cli.messages import put, put_json, size
from voiceguide.cli.tables import put_rows

CacheAction = Literal["size", "where", "clear"]


def sounds(*, as_json: options.Json = False) -> None:
    """List the sounds that a script can play, and their roles."""
    from voiceguide.sound import tones

    roles = {sound: role for role, sound in tones.TONES.items()}
    found = [(name, tones.length_ms(name), roles.get(name)) for name in tones.names()]
    if as_json:
        put_json(
            [{"name": name, "length_ms": length, "role": role} for name, length, role in found]
        )
        return
    put_rows([(name, f"{length / 1000:.2f} s", role or "") for name, length, role in found])


def schema(
    *,
    of_programme: Annotated[
        bool, typer.Option("--programme", help="That of programmes, in place of scripts.")
    ] = False,
) -> None:
    """Show the JSON Schema of scripts, for YAML editors."""
    from voiceguide import programme, script

    put_json(programme.schema() if of_programme else script.schema())


def cache(
    action: Annotated[
        CacheAction,
        typer.Argument(metavar="ACTION", help="size, where or clear."),
    ] = "size",
    *,
    as_json: options.Json = False,
) -> None:
    """Tell what is kept of what was spoken, and where; or clear it.

    Clearing costs only time: what is needed again is made again.
    """
    from voiceguide import cache as kept

    folder = str(kept.where())
    data: dict[str, object]
    if action == "where":
        data, text = {"folder": folder}, folder
    elif action == "clear":
        freed = kept.clear()
        data, text = {"folder": folder, "freed_bytes": freed}, f"{size(freed)} freed in {folder}"
    else:
        taken = kept.size()
        data, text = {"folder": folder, "size_bytes": taken}, f"{size(taken)} in {folder}"
    if as_json:
        put_json(data)
    else:
        put(text)
