"""What is wrong or doubtful in the steps of a script, told while they are laid out."""

from __future__ import annotations

from dataclasses import dataclass, field

from voiceguide.model.errors import Fault


@dataclass(slots=True)
class Notes:
    """Faults and warnings with their paths, each told once, however often its step is laid out."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    _told: set[tuple[str, str]] = field(default_factory=set)
    """(path, message)."""

    def fault(self, path: str, message: str, hint: str = "") -> None:
        """Tell what keeps the script from being planned."""
        self._tell(self.faults, path, message, hint)

    def warn(self, path: str, message: str, hint: str = "") -> None:
        """Tell what is doubtful."""
        self._tell(self.warnings, path, message, hint)

    def _tell(self, kind: list[Fault], path: str, message: str, hint: str) -> None:
        if (path, message) not in self._told:
            self._told.add((path, message))
            kind.append(Fault(message, path=path, hint=hint))
