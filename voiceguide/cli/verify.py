"""`verify`: whether a finished file is what its timeline says."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voiceguide.cli import options
from voiceguide.cli.messages import counted, put, put_json
from voiceguide.cli.progress import shown
from voiceguide.cli.tables import put_rows
from voiceguide.model.errors import EXIT_FAILED

if TYPE_CHECKING:
    from voiceguide.verify import Check, Item, Report

_SHOWN = 3
"""Findings of one kind; the others are most often of the same cause."""
_NAME_WIDTH = 28


def verify(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Finished audio, in any format we write.")
    ],
    *,
    timeline: Annotated[
        Path | None,
        typer.Option(
            "--timeline", metavar="FILE", help="Counts in place of the timeline in the file."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Show each tone, cue, pause and chapter.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Compare a finished file with its timeline, and end with 1 where they differ.

    It is decoded; its tones are found again, its words, silence, loudness, length and chapters
    looked at.
    """
    from voiceguide.verify import verify as verify_file

    with shown(file.name) as progress:
        report = verify_file(file, timeline, progress)
    if as_json:
        put_json(_data(file, report, every=every))
    else:
        _put(file, report, every=every)
    if not report.passed:
        raise typer.Exit(EXIT_FAILED)


def _put(file: Path, report: Report, *, every: bool) -> None:
    from voiceguide.model.wording import clock

    put(f"{file}: {report.title}, {clock(report.duration_ms)}\n")
    if report.cause:
        put(f"{report.cause}\n")
    put_rows([_row(check) for check in report.checks])
    for check in report.checks:
        shown_items = check.items if every else check.findings[:_SHOWN]
        if shown_items:
            put(f"\n{check.name}")
            put_rows([_line(item) for item in shown_items], indent=2)
        if not every and len(check.findings) > _SHOWN:
            put(f"  and {len(check.findings) - _SHOWN} more; --all shows each")
    differing = sum(bool(check.findings) for check in report.checks)
    verdict = f"{counted(differing, 'check')} of {len(report.checks)} found a difference."
    put(f"\n{verdict if differing else 'The file is what its timeline says.'}")


def _row(check: Check) -> tuple[str, ...]:
    n_findings, n_items = len(check.findings), len(check.items)
    count = f"{n_findings} of {n_items}" if n_findings else str(n_items)
    limit = f" (limit: {check.limit})" if check.limit and n_items else ""
    return check.name, "differs" if n_findings else "ok", count, check.worst + limit


def _line(item: Item) -> tuple[str, ...]:
    from voiceguide.model.wording import clock

    place = "" if item.at_ms is None else clock(item.at_ms)
    name = textwrap.shorten(item.what, _NAME_WIDTH, placeholder=" ...")
    found = "ok" if item.passed and item.found == item.expected else item.found
    expected = "" if item.passed else f"; expected: {item.expected}"
    return place, name, f"{found}{expected}"


def _data(file: Path, report: Report, *, every: bool) -> dict[str, object]:
    return {
        "file": str(file),
        "title": report.title,
        "duration_ms": report.duration_ms,
        "passed": report.passed,
        "cause": report.cause,
        "checks": [dict(_check_data(check, every=every)) for check in report.checks],
    }


def _check_data(check: Check, *, every: bool) -> Iterator[tuple[str, object]]:
    yield "name", check.name
    yield "passed", not check.findings
    yield "count", len(check.items)
    yield "worst", check.worst
    yield "limit", check.limit
    yield "findings", [asdict(item) for item in check.findings]
    if every:
        yield "items", [asdict(item) for item in check.items]
