"""Two states of the briefings come in: pairs of models, and who wrote the commits in between.
Changes of meaning go out, from ``briefing.compare_briefings``, ``shared.compare_vocabularies`` and
``shared.compare_named_speakers``; order, layout and comments of the YAML count for nothing.
Pure: it may import ``model``, ``compare``, ``text`` and ``base``, and reads no file.
"""
