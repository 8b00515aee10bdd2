"""Says again, in the language of a page, what the program said in English and keeps as data: in the history, in locks,
in published files. The English sentence is matched with the messages that it may have come from.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from synoptic.text.language import ENGLISH, current, format_date, gettext, join_list, join_remarks, join_words, ngettext

#: A message, or its two forms for one and for many.
Message = str | tuple[str, str]
#: Placeholders that only a number may fill.
_NUMBERS = ("num", "there", "status")
#: Those that no comma may fill, since more parts follow it.
_SHORT = ("first", "last", "number", "numbers", "words")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
Join = Callable[[Sequence[str]], str]
#: How English joins the parts of what it said, each with how the current language does.
_JOINTS: tuple[tuple[str, Join], ...] = (
    ("; ", join_remarks), (", ", join_list), (" and ", join_words),
)  # fmt: skip


def retell(said: str, messages: Iterable[Message]) -> str:
    """What was said in English, in the current language; as it is if no message fits. ``%(num)s`` is what a plural
    depends on."""
    if current() == ENGLISH:
        return said
    for message in messages:
        one, many = message if isinstance(message, tuple) else (message, "")
        for form in filter(None, (one, many)):
            if found := _compile(form).fullmatch(said):
                values = found.groupdict()
                if "day" in values:
                    values["day"] = format_date(values["day"])
                return ngettext(one, many, int(values.pop("num", 1)), **values) if many else gettext(one, **values)
    return said


def retell_parts(said: str, messages: Iterable[Message]) -> str:
    """The same of a sentence of parts, which are split at semicolons, else commas, else "and", if the whole fits no
    message."""
    return said if current() == ENGLISH else _retell_parts(said, tuple(messages), _JOINTS)


def _retell_parts(said: str, messages: tuple[Message, ...], joints: tuple[tuple[str, Join], ...]) -> str:
    told = retell(said, messages)
    if told != said or not joints:
        return told
    joint, join = joints[0]
    return join([_retell_parts(part, messages, joints[1:]) for part in said.split(joint)])


def _fill(name: str) -> str:
    """The pattern of what may fill a placeholder."""
    return r"\d+" if name in _NUMBERS else "[^,;]+" if name in _SHORT else ".+"


@lru_cache(maxsize=256)
def _compile(message: str) -> re.Pattern[str]:
    """The sentences that a message may have become; each placeholder is a group."""
    pieces = _PLACEHOLDER.split(message)
    texts = (re.escape(piece.replace("%%", "%")) for piece in pieces[::2])
    seen: set[str] = set()
    pattern = next(texts)
    for name, text in zip(pieces[1::2], texts, strict=True):
        pattern += (f"(?P={name})" if name in seen else f"(?P<{name}>{_fill(name)})") + text
        seen.add(name)
    return re.compile(pattern, re.DOTALL)
