"""Voice-guided audio workouts: a YAML script becomes a finished MP3."""

__version__ = "0.1.0"
