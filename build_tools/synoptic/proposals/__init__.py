"""Takes proposals for a briefing that a model, a tool or a person wrote. Returns what of them stands up to the texts,
as drafts that an editor accepts one by one, and why the rest is refused. Imports `authoring`, `suggest`, `check` and
the rooms below them; only `cli` and `workbench` import it.
"""
