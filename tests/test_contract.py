"""Plans against an independent reading of the contract (`tests/contract`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from contract import findings

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.routine import Talk
from voiceguide.model.timeline import dump

LEVELS: tuple[Talk, ...] = ("full", "short", "names", "beeps")
SCRIPTS = yaml.safe_load((Path(__file__).parent / "contract" / "scripts.yaml").read_text("utf-8"))


def planned(script: str, talk: Talk | None = None) -> dict[str, Any]:
    """The public JSON of the plan of a script, without a word spoken."""
    source = pipeline.Source(script.encode(), "script.yaml", Path())
    timeline = pipeline.plan(source, Options(engine="silent", talk=talk), estimate=True)
    read: dict[str, Any] = json.loads(dump(timeline))
    return read


@pytest.mark.parametrize("talk", LEVELS)
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_planned_as_the_contract_says(name: str, talk: Talk) -> None:
    script = f"voiceguide: 1\ntitle: {name}\n{SCRIPTS[name]}"
    wrong = findings(yaml.load(script, yaml.BaseLoader), planned(script, talk), talk=talk)
    assert not wrong, "\n".join(wrong)
