"""Takes a loaded site. Returns the published data of each briefing: JSON, CSV, JSON-LD, citations and a zip, as
strings and bytes. Imports `history`, `compare` and the rooms below them; everything here is pure.
"""
