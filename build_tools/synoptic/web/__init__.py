"""Takes the web addresses of sources. Returns what these give today, and what became of the quotations there; it is the
only room that opens a connection. Imports `article`, `compare` and the rooms below them; only `cli` imports it.
"""
