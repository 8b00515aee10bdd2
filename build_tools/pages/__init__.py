"""In come a loaded, checked site and what ``compare`` and ``data`` say of it; out go Markdown pages and Atom feeds.

Each page is one file with ``page()`` or ``pages()`` and one template of the same name in ``templates/``: the lists are
in ``briefing_pages`` and ``site_pages``, the other files hold what several pages share.
It may import every room before it (base, text, model, article, compare, load, check, history, data), but not ``site``.
"""
