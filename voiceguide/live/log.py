"""What happened when, as lines of JSON (`docs/live.md`, "The log")."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TextIO

from voiceguide.model.errors import TargetNotWritable

_LOG = logging.getLogger(__name__)


class Log:
    """Writes a line for each event, flushed at once.

    Args:
        path: is replaced; None keeps no log.

    Raises:
        TargetNotWritable: it cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        self._file: TextIO | None = None
        if path is not None:
            try:
                self._file = path.open("w", encoding="utf-8", newline="\n")
            except OSError as error:
                raise TargetNotWritable(
                    f"the log {path} cannot be written: {error.strerror}", "Name another file."
                ) from error

    def write(self, event: str, **fields: object) -> None:
        """One line; fields that are None are left out."""
        if self._file is None:
            return
        told = {name: value for name, value in fields.items() if value is not None}
        try:
            self._file.write(json.dumps({"event": event, **told}, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:  # a full disk does not stop a session
            _LOG.warning("the log ends here: %s", error)
            self.close()

    def close(self) -> None:
        """Ends the log."""
        if self._file is not None:
            file, self._file = self._file, None
            try:
                file.close()
            except OSError as error:
                _LOG.warning("the log is not complete: %s", error)
