"""Takes values that were already parsed. Returns frozen objects for what people typed, what a lock recorded and what
changed, each with its place in a file; no I/O, no cache, nothing derived. Imports `base` and `text`.
"""
