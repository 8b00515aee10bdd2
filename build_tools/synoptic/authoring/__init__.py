"""Takes what a contributor has: articles, texts, YAML as typed. Returns new files, locks, fixes, the standard layout
and the JSON Schemas. Imports `data`, `check`, `load` and the rooms below them; only `cli` imports it.
"""
