"""Takes a loaded briefing. Returns what follows from its statements: verdicts, silences, coverage, the lock of a text,
the register of ids. Imports `base`, `text` and `model`; everything here is pure.
"""
