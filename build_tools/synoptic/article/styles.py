"""What the styles of a web page do to its words: hide, raise or strike them out. Only styles in the page are read."""

import re
from typing import Any

_NOTHING = re.compile(r"/\*.*?\*/|@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]*;|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
#: A selector of one element: a tag, an id, classes.
_SELECTOR = re.compile(r"(?P<tag>[a-z]\w*)?(?:#(?P<id>[\w-]+))?(?P<classes>(?:\.[\w-]+)*)")
_TELLING = re.compile(
    r"display|visibility|position|clip|vertical-align|text-decoration|text-indent|font-size|overflow|opacity|transform"
)
_NAME = re.compile(r"[.#]([\w-]+)")
_LENGTH = re.compile(r"(-?[\d.]+)(px|em|rem|ex|pt|%|vw|vh|)$")
_UNITS = {"em": 16, "rem": 16, "ex": 8, "%": 0.16, "vw": 12, "vh": 8}
_FAR = 400.0  # pixels; further out, words stand beside the screen
_LARGEST = 300_000  # characters of style sheets that are read
MOST_WORDS = 200  # style sheets that hide more usually wait for a script to show it


def read_style(style: str) -> dict[str, str]:
    """The values of a style's properties, in lower case; of one that is set twice, the last."""
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value.strip()}


def find_look(style: str) -> str:
    """What a style makes of words: "hidden", "spoken" (for those who listen), "sup", "sub", "s" (struck out) or ""."""
    if ":" not in style:
        return ""
    given = read_style(style)
    if given.get("display") == "none" or given.get("visibility") in ("hidden", "collapse"):
        return "hidden"
    if re.fullmatch(r"0*\.?0+", given.get("opacity", "")) or given.get("transform", "").startswith("scale(0)"):
        return "hidden"
    if _is_off_screen(given):
        return "spoken"
    if any("line-through" in given.get(name, "") for name in ("text-decoration", "text-decoration-line")):
        return "s"
    align = given.get("vertical-align", "")
    raised = _measure(align)
    if given.get("position") == "relative":
        raised = max(-_measure(given.get("top", "")), _measure(given.get("bottom", "")), key=abs)
    if align in ("super", "text-top") or raised >= 3:
        return "sup"
    return "sub" if align in ("sub", "text-bottom") or raised <= -3 else ""


def _is_off_screen(given: dict[str, str]) -> bool:
    """Whether words are out of sight: beside the screen, cut off, in a box of a pixel or without size."""
    if _measure(given.get("text-indent", "")) < -_FAR or re.match(r"0[a-z%]*$", given.get("font-size", "")):
        return True
    if re.match(r"inset\((?:50|100)%|circle\(0|polygon\(0(?:px)? 0(?:px)?,? ?0", given.get("clip-path", "")):
        return True
    tiny = all(re.fullmatch(r"[01](?:px)?", given.get(side, "")) for side in ("width", "height"))
    if tiny and given.get("overflow") in ("hidden", "clip"):
        return True
    if given.get("position") not in ("absolute", "fixed"):
        return False
    clipped = re.match(r"rect\(\s*([01])(?:px)?[\s,]+[01](?:px)?[\s,]+\1", given.get("clip", ""))
    return bool(clipped) or any(
        _measure(given.get(side, "")) < -_FAR for side in ("left", "top", "right", "margin-left")
    )


def _measure(value: str) -> float:
    """A length in pixels of letters of usual size; 0.0 if there is none."""
    match = _LENGTH.match(value)
    try:
        return float(match[1]) * _UNITS.get(match[2], 1) if match else 0.0
    except ValueError:
        return 0.0


def apply_style_sheets(tree: Any) -> None:
    """Write what a page's ``<style>`` says of single elements (lxml) into their own styles, which take precedence.

    Names that it also uses in other ways, such as for narrow screens, are left alone.
    """
    shown = tree.xpath("//style[not(ancestor::noscript)][not(@media) or @media='all' or @media='screen']")
    sheets = "".join(style.text or "" for style in shown)
    by_name = _list_rules(sheets[:_LARGEST])
    styled: list[tuple[Any, str]] = []
    for element in tree.iter("*") if by_name else ():
        classes = set((element.get("class") or "").split())
        found = [
            (len(match["classes"]), order, declared)
            for name in (*classes, f"#{element.get('id')}")
            for order, match, declared in by_name.get(name, ())
            if match["tag"] in (None, element.tag) and set(match["classes"].split(".")) <= {"", *classes}
        ]
        if found and element.tag != "img":  # often without size until a script loads it
            styled.append((element, ";".join(declared for _, _, declared in sorted(found))))
    looks = [(element, style, look) for element, style in styled if (look := find_look(style))]
    hidden = [element for element, _, look in looks if look in ("hidden", "spoken")]
    waits = sum(len(element.text_content().split()) for element in hidden) > MOST_WORDS
    for element, style, look in looks:
        if not (waits and look in ("hidden", "spoken")):
            element.set("style", f"{style};{element.get('style') or ''}")


def _list_rules(sheets: str) -> dict[str, list[tuple[int, re.Match[str], str]]]:
    """The rules for single elements by the first class or the id that they name: their order, selector and style."""
    others = " ".join(_NOTHING.findall(sheets))
    rules: list[tuple[int, re.Match[str], str]] = []
    for order, (selectors, declared) in enumerate(_RULE.findall(_NOTHING.sub(" ", sheets))):
        for selector in selectors.split(",") if _TELLING.search(declared) else ():
            match = _SELECTOR.fullmatch(re.sub(r":not\([^()]*\)", "", selector).strip())
            if match and (match["id"] or match["classes"]):
                rules.append((order, match, declared))
            else:
                others += f" {selector}"
    left = set(_NAME.findall(others))
    by_name: dict[str, list[tuple[int, re.Match[str], str]]] = {}
    for order, match, declared in rules:
        names = _NAME.findall(match[0])
        if not left & set(names):
            by_name.setdefault(f"#{match['id']}" if match["id"] else names[0], []).append((order, match, declared))
    return by_name
