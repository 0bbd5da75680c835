"""The command line: reads options, calls the pipeline, prints."""

from __future__ import annotations

from voiceguide.cli.app import main

__all__ = ["main"]
