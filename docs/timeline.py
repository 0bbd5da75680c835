"""Draw `docs/timeline.png`, the picture of the README: `python docs/timeline.py`."""

from pathlib import Path

from voiceguide import pipeline
from voiceguide.data import shipped
from voiceguide.export.cover import draw
from voiceguide.model.options import Options
from voiceguide.model.source import Source

SCRIPT = shipped("scripts") / "run-warmup.yaml"

source = Source(SCRIPT.read_bytes(), SCRIPT.name, SCRIPT.parent)
timeline = pipeline.plan(source, Options(engine="silent"), estimate=True)
Path(__file__).with_suffix(".png").write_bytes(draw(timeline, 1200, 300))
