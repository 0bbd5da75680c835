"""All messages of some faulty scripts, word for word (`--update-golden` writes them again)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voiceguide.files import Nearby
from voiceguide.model.source import Source
from voiceguide.script import read
from voiceguide.script.faults import render

FAULTY = sorted((Path(__file__).parent / "faulty").glob("*.yaml"))


@pytest.mark.parametrize("script", FAULTY, ids=lambda path: path.stem)
def test_messages_of_faulty_scripts(
    script: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(script.parent)  # files that it includes are named from there
    source = Source(script.read_bytes(), script.name, Path())
    found = read(source.text, source.origin, files=Nearby(source))
    warnings = [f"warning: {render(each)}" for each in found.warnings]
    shown = "\n".join([*map(render, found.faults), *warnings]) + "\n"
    golden(script.with_suffix(".txt"), shown)
