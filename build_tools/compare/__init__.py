"""In come briefings; out go verdicts, silences, coverage, locks, the register of ids, and summaries.

All of it is computed from what contributors typed; nothing is read or written. It may import base, text and model.
"""
