"""The line in the preview that leads to the workbench. Pure."""

from synoptic.pages.environment import environment


def render_bar(slug: str, port: int | None) -> str:
    """The line for a briefing as HTML: a link to the workbench on a port of this machine, else the command."""
    address = f"http://127.0.0.1:{port}/?briefing={slug}" if port else ""
    return environment().get_template("edit_bar.html.j2").render(slug=slug, address=address)
