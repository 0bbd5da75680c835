"""What comes in by entry points: listed without importing, loaded when asked for.

A plugin that cannot be loaded is a record with a reason, never the end of another command.
"""

from __future__ import annotations

import importlib.metadata
import sys
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from voiceguide.model.errors import VoiceguideError

ENGINES = "voiceguide.engines"
EXPORTERS = "voiceguide.exporters"

State = Literal["listed", "ready", "missing", "failed"]


@dataclass(frozen=True, slots=True)
class Plugin:
    """An entry point and what is known of it."""

    group: str
    name: str
    target: str
    """`package.module:attribute`."""
    package: str
    """The distribution it comes with, and its version."""
    state: State = "listed"
    """`listed`: not looked at; `missing`: something it needs is not installed; `failed`: broken."""
    reason: str = ""
    hint: str = ""
    """The line that mends it, where one is known."""


class PluginFailed(Exception):
    """A plugin that could not be loaded, or that is not there."""


def listed(group: str) -> tuple[Plugin, ...]:
    """All plugins of a group, by name; of two with the same name ours comes before others'."""
    return _listed(group, tuple(sys.path))


@cache
def _listed(group: str, _path: tuple[str, ...]) -> tuple[Plugin, ...]:
    """Read once: every distribution on the path has to be looked at."""
    found: dict[str, Plugin] = {}
    for entry in importlib.metadata.entry_points(group=group):
        package = entry.dist.name if entry.dist else ""
        version = entry.dist.version if entry.dist else ""
        plugin = Plugin(group, entry.name, entry.value, f"{package} {version}".strip())
        if entry.name not in found or package == "voiceguide":
            found[entry.name] = plugin
    return tuple(found[name] for name in sorted(found))


def load(plugin: Plugin) -> Any:  # noqa: ANN401 - what it is, is the business of its group
    """Import a plugin and call it with no arguments.

    Raises:
        VoiceguideError: it says itself what it misses.
        PluginFailed: anything else that went wrong, with the reason.
    """
    entry = importlib.metadata.EntryPoint(plugin.name, plugin.target, plugin.group)
    try:
        return entry.load()()
    except VoiceguideError:
        raise
    except Exception as error:
        raise PluginFailed(f"{type(error).__name__}: {error}") from error


def probe(plugin: Plugin) -> Plugin:
    """The record of a plugin after an attempt to load it."""
    try:
        load(plugin)
    except VoiceguideError as error:
        return replace(plugin, state="missing", reason=error.message, hint=error.hint)
    except PluginFailed as error:
        return replace(plugin, state="failed", reason=str(error))
    return replace(plugin, state="ready")
