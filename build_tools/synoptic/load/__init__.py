"""Takes a project's files, from a folder or from a Git revision. Returns a `Site` and every problem found on the way,
without ever raising for what somebody typed. Imports `article`, `compare` and the rooms below them.
"""
