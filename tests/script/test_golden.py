"""All messages of some faulty scripts, word for word (`--update-golden` writes them again)."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.script import read
from voiceguide.script.faults import render

FAULTY = sorted((Path(__file__).parent / "faulty").glob("*.yaml"))


@pytest.mark.parametrize("script", FAULTY, ids=lambda path: path.stem)
def test_messages_of_faulty_scripts(script: Path, request: pytest.FixtureRequest) -> None:
    faults = read(script.read_bytes(), script.name).faults
    shown = "\n".join(map(render, faults)) + "\n"
    golden = script.with_suffix(".txt")
    if request.config.getoption("--update-golden"):
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
