"""Takes the loaded site and yields problems: each rule is a function whose docstring is the rule, one file a subject.

Out go ``Problem``s, as lines, JSON or GitHub annotations, and the page that lists the rules. It may import base, text,
model and compare.
"""
