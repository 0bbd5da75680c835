"""How far a session has come, on a terminal; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.pipeline import Progress


@contextmanager
def shown(what: str) -> Iterator[Progress]:
    """A bar on standard error, moved by what it yields; it goes away at the end.

    Args:
        what: Stands before the bar: the name of the script.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _phase, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)

        def move(phase: str, done: int, total: int) -> None:
            bars.update(task, description=f"{what}: {phase}", completed=done, total=total or None)

        yield move
