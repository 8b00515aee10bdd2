"""The fields of a change as the page sends them, and refusals with their status. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from synoptic.base.problems import Problem, Refused, suggest_nearest
from synoptic.model.values import fold_spaces
from synoptic.text.unicode import describe_unfit

LONGEST = 20_000  # characters of a field; the loader's own limits are narrower
MOST = 1_000  # entries of a list


class Declined(Refused):
    """A request that cannot be served: the status of the answer, one sentence, and more for its JSON."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status, self.more = status, more


def refuse_change(message: str, problems: Sequence[Problem] = (), **more: Any) -> Declined:
    """The refusal of a change that would leave files unreadable, or that names something unknown."""
    shown = [show_problem(problem) for problem in problems] or [{"message": message, "tip": "", "rule": ""}]
    return Declined(422, message, problems=shown, **more)


def show_problem(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    place = problem.place
    return {
        "level": problem.level, "rule": problem.rule, "message": problem.message, "tip": problem.tip,
        "path": place.path, "line": place.line, "column": place.column,
    }  # fmt: skip


class Fields:
    """The fields of one JSON object. Each method raises Declined if a field is not what it should be."""

    def __init__(self, value: Any, what: str = "the request") -> None:
        if not isinstance(value, dict):
            raise Declined(400, f"{what} must be a JSON object")
        self._value: Mapping[str, Any] = value
        self._what = what

    def __contains__(self, name: str) -> bool:
        return name in self._value

    def items(self) -> list[tuple[str, Any]]:
        """Every field as it was sent, by its name."""
        return [*self._value.items()]

    def raw(self, name: str) -> Any:
        """A field as it was sent; None if it was not."""
        return self._value.get(name)

    def text(self, name: str, *, required: bool = False) -> str:
        """A text on one line, "" if it is missing or null."""
        return read_text(self._value.get(name), name, required=required)

    def number(self, name: str, *, least: int = 0, default: int | None = None) -> int:
        """A whole number."""
        value = self._value.get(name)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 10**9:
            raise Declined(400, f'"{name}" must be a whole number of at least {least}')
        return value

    def entries(self, name: str) -> list[Any]:
        """A list; none if it is missing."""
        value = self._value.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > MOST:
            raise Declined(400, f'"{name}" must be a list of at most {MOST} entries')
        return value

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers."""
        return [Fields({name: entry}, self._what).number(name) for entry in self.entries(name)]

    def texts(self, name: str) -> list[str]:
        """A list of texts that are not empty."""
        return [read_text(entry, name, required=True) for entry in self.entries(name)]

    def only(self, *names: str) -> None:
        """Refuse any field but these."""
        for name in self._value:
            if name not in names:
                raise Declined(400, f'{self._what} has an unknown field "{name}": {suggest_nearest(name, names)}')


def read_text(value: Any, name: str, *, required: bool = False) -> str:
    """A text of a field on one line, "" for null. Raises Declined if it is not a text, if it is empty and ``required``,
    or if it has characters that no page, terminal or commit may show."""
    if value is None:
        value = ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Declined(400, f'"{name}" must be a text of at most {LONGEST} characters')
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Declined(400, f'"{name}" has half a character in it (a lone surrogate)') from None
    line = fold_spaces(value)
    if required and not line:
        raise Declined(422, f'"{name}" is empty')
    if unfit := describe_unfit(line):
        raise Declined(422, f'"{name}" has {unfit} in it; type it again without')
    return line


def read_reasons(value: Any, name: str) -> dict[str, str]:
    """An object of texts, such as a reason for each rule; raises Declined if it is none."""
    if value is not None and not isinstance(value, dict):
        raise Declined(400, f'"{name}" must be an object of texts')
    return {
        read_text(key, name, required=True): read_text(reason, name, required=True)
        for key, reason in (value or {}).items()
    }
