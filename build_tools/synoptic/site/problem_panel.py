"""The panel in which live reload shows problems: added to the pages that ``mkdocs serve`` answers, never to files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from synoptic.base.problems import Problem, filter_problems
from synoptic.pages.problem_panel import render_panel


def problems_on(problems: Sequence[Problem], address: str) -> list[Problem]:
    """The problems that the page at ``address`` shows: the home page all, a briefing's pages its own and the shared
    ones, other pages the shared ones."""
    parts = address.strip("/").split("/")
    if parts == [""]:
        return list(problems)
    return filter_problems(problems, parts[1] if parts[0] == "briefings" and len(parts) > 1 else "")


def with_panel(
    app: Any, mount: str, problems: Callable[[], Sequence[Problem]], bar: Callable[[str], str] = lambda address: ""
) -> Any:
    """A WSGI application that answers like ``app``, with a panel in each HTML page that has problems.

    ``mount`` is the path at which the site begins; ``problems`` returns the problems at the time of the request;
    ``bar`` returns the HTML that the page at an address gets besides.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        response: list[Any] = []
        body = app(environ, lambda *args: response.extend(args))
        status, headers, *rest = response
        content_type = dict(headers).get("Content-Type", "")
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        page, address = content_type.startswith("text/html"), path.removeprefix(mount)
        shown = problems_on(problems(), address) if page else []
        more = (bar(address) if page else "") + (render_panel(shown) if shown else "")
        if not more:
            start_response(status, headers, *rest)
            return body  # type: ignore[no-any-return]
        content = b"".join(_read_body(body))
        head, end, tail = content.rpartition(b"</body>")
        content = (head if end else content) + more.encode() + end + (tail if end else b"")
        headers = [h for h in headers if h[0] != "Content-Length"] + [("Content-Length", str(len(content)))]
        if not status.startswith("200"):  # an error page has no live reload
            headers.append(("Refresh", "2"))
        start_response(status, headers, *rest)
        return [content]

    return answer


def _read_body(body: Any) -> Iterator[bytes]:
    try:
        yield from body
    finally:
        if hasattr(body, "close"):
            body.close()
