"""In comes a project's folder, with what MkDocs makes of its pages; out go the site, its search index, and a server.

``hook.py`` calls ``build``, which calls the other files; the commands call ``swap``, ``preview`` and ``guard``.
It may import every room before it (base, text, model, article, compare, load, check, history, data, pages), and MkDocs
in ``mkdocs_files`` alone.
"""
