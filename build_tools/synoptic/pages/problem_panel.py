"""The panel of problems that the browser shows while the site is served. Pure."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from synoptic.base.problems import Problem, to_one_line
from synoptic.pages.environment import environment
from synoptic.text.english import plural

MOST = 500  # problems in the panel
#: Rules of reading. What they report is missing from its page, even from a draft's, where it is a warning.
UNREAD = frozenset({"yaml", "file", "key", "value"})


def render_panel(problems: Sequence[Problem]) -> str:
    """The panel as HTML; open if something must be fixed."""
    levels = Counter(problem.level for problem in problems)
    state = "\n".join(map(str, problems))
    return environment().get_template("problem_panel.html.j2").render(
        problems=[
            (p.place, to_one_line(p.place.path), to_one_line(p.message), to_one_line(p.tip), p.level == "warning")
            for p in problems[:MOST]
        ],
        more=len(problems[MOST:]),
        total=", ".join(plural(levels[level], level) for level in ("error", "warning") if levels[level]),
        errors=levels["error"],
        open=any(problem.level == "error" or problem.rule in UNREAD for problem in problems),
        state=hashlib.sha256(state.encode()).hexdigest()[:16],
    )  # fmt: skip
