"""Takes two states of the files, or all commits of a repository. Returns the changes in meaning between them, as
objects, text, Markdown and JSON. Imports `load`, `compare` and the rooms below them.
"""
