"""Takes a loaded and checked site. Returns Markdown pages and feeds, by path: each page is a view file and the
template of the same name. Imports `data`, `history`, `check` and the rooms below them; only the templates are read
from disk.
"""
