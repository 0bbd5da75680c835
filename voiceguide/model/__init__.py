"""The vocabulary of all stages: plain values, units, errors. No I/O."""
