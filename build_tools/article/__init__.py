"""The bytes of an article's file come in; its paragraphs, their kinds and what it states about itself go out.

``read`` is the entrance for every kind of file. It may import ``base``, ``text`` and ``model``.
"""
