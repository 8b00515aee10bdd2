"""In come the files of a project, on disk or at a commit in Git.

Out go a ``Site`` and every problem that reading found. It may import base, text, model, article and compare.
"""
