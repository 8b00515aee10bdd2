"""Takes a file's bytes and its ending. Returns an article: numbered paragraphs, the kind of each, and what the
document states about itself. Imports `base`, `text` and `model`.
"""
