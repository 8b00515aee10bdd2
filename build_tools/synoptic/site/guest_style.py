"""Our style sheets in somebody else's site: without a frame, and in a box if the theme is not Material."""

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

#: The sheet that all our pages have, and what it begins with in the box.
STYLES, RESET = "synoptic.css", Path(__file__).with_name("guest_reset.css")
PRINT = "print.css"
#: What our sheet ends with in Material: its colours, and the looks that it gives to plain elements, taken back.
IN_MATERIAL = Path(__file__).with_name("guest.css")
#: Inside the box: the element around our content, which styles and scripts know.
_INSIDE = '<div class="synoptic">'
_REM = re.compile(r"(?<![\w.])(\d*\.?\d+)rem\b")


def is_material(folders: Iterable[str]) -> bool:
    """Whether a theme, by its folders of templates, is Material or made of it."""
    bases = (Path(folder) / "base.html" for folder in folders)
    return any("md-content" in base.read_text(encoding="utf-8", errors="replace") for base in bases if base.is_file())


def make_style(path: Path, *, boxed: bool) -> str:
    """One of our style sheets, as somebody else's site gets it.

    If our content is ``boxed``, the sheet counts in the box alone, and more than the styles of the theme, which are
    taken back there; its sizes are for a root of 16 px, not of 20 as in Material.
    """
    before, prose = "", path.read_text(encoding="utf-8")
    if path.name == STYLES:
        before, _, prose = prose.partition("/* prose */")
        prose += "" if boxed else IN_MATERIAL.read_text(encoding="utf-8")
    if not boxed or path.name == PRINT:
        return before + prose
    reset = RESET.read_text(encoding="utf-8") if path.name == STYLES else ""
    return _REM.sub(lambda size: f"{float(size[1]) * 1.25:.5g}rem", f"{before}{reset}#synoptic {{\n{prose}\n}}\n")


def put_into_box(content: str, language: dict[str, str]) -> str:
    """The HTML of a page in the box; ``language`` has its ``dir``, which our styles need, and perhaps ``lang``."""
    attributes = "".join(f' {name}="{escape(language[name])}"' for name in ("lang", "dir") if name in language)
    return f'<div id="synoptic"{attributes}>{_INSIDE}{content}</div></div>'
