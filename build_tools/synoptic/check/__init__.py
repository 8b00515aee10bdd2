"""Takes a loaded site. Yields problems: each rule is a generator whose docstring is the rule, one file a subject.
Imports `compare`, `model`, `text` and `base`; everything here is pure.
"""
