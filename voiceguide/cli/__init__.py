"""The command line: reads options, calls the pipeline, prints."""

from __future__ import annotations

from collections.abc import Sequence

from voiceguide.model.errors import EXIT_INTERRUPTED

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """See `cli.app.main`; Ctrl-C ends it without a word even while it is being loaded."""
    try:
        from voiceguide.cli import app

        return app.main(arguments)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
