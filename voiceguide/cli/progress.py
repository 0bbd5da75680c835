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
        bars.add_task(what, total=None)

        def move(phase: str, done: int, total: int) -> None:
            description = f"{what}: {phase}"
            (task,) = bars.tasks
            if description == task.description and total == (task.total or 0):
                bars.update(task.id, completed=done)
                return
            bars.remove_task(task.id)  # a task cannot forget its total
            bars.add_task(description, completed=done, total=total or None)
            bars.refresh()  # the phase may last, and end, without another word

        yield move
