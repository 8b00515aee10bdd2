"""Takes strings. Returns what can be said of them without knowing a briefing: folded words, matches, sentences,
quotation marks, numbers, English phrases, and strings encoded for the place they go to. Imports nothing else of the
program.
"""
