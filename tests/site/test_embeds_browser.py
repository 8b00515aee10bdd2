"""Pages to embed in a browser, in the frames of a foreign page; and the exercise."""

import pytest
from playwright.sync_api import expect

from tests.browser import Open, sideways, violations

EMBEDS = ("claims/opens-in-june", "topics/opening-date", "matrix")
EXERCISE = "briefings/quay-bridge/exercise/"


@pytest.mark.slow
def test_frames_in_a_foreign_page(server: str, tab: Open) -> None:
    """In a sandboxed frame each page has its style, loads nothing more, is as wide as the frame, and axe objects to
    nothing, from 320 to 800 pixels, in the light and in the dark."""
    page = tab(server, width=820, fresh=True).page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for width in (320, 800):
        frames = "".join(
            f'<iframe src="{server}embed/harbour-tunnel/{name}.html" title="{name}" width="{width}" height="600"'
            ' sandbox="allow-popups allow-scripts"></iframe>'
            for name in EMBEDS
        )
        page.set_content(f"<!doctype html><html lang=en><title>Foreign</title><main><h1>Foreign</h1>{frames}</main>")
        page.wait_for_load_state("networkidle")
        assert all(url.startswith(f"{server}embed/") for url in asked), asked
        for frame in page.frames[1:]:
            expect(frame.locator("h1")).to_be_visible()
            assert frame.evaluate("document.documentElement.scrollWidth") <= width
            assert frame.evaluate("getComputedStyle(document.body).borderTopWidth") == "1px"
            expect(frame.locator("#code")).to_be_hidden()
    for dark in (False, True):
        for name in EMBEDS:
            card = tab(server, width=320, dark=dark).open(f"embed/harbour-tunnel/{name}.html#code")
            expect(card.locator("#code code")).to_contain_text("<iframe src=")
            assert sideways(card) == 0
            assert violations(card) == []


@pytest.mark.slow
def test_the_exercise_is_done_by_keyboard(server: str, tab: Open) -> None:
    """Guesses, changed ones too, are judged only when the reader asks; the right ones count, answers open, and
    everything starts again. On a phone nothing is too wide, and axe objects to nothing."""
    opened = tab(server, width=360)
    page = opened.open(EXERCISE)
    questions = page.locator("form.quiz > ol > li")
    for number in range(2):
        one = questions.nth(number)
        right = (one.get_attribute("data-right") or "").split()[0]
        radios = one.get_by_role("radio")
        values = [radio.get_attribute("value") for radio in radios.all()]
        radios.first.focus()
        page.keyboard.press("Space")
        wanted = right if number == 0 else next(value for value in values if value not in right.split())
        for _ in range(values.index(wanted)):
            page.keyboard.press("ArrowDown")
    assert page.locator(".result").count() == 0
    page.get_by_role("button", name="Check my answers").press("Enter")
    expect(page.get_by_role("status").filter(has_text="1 of 2 guesses are right")).to_be_focused()
    assert [questions.nth(n).get_attribute("data-result") for n in range(3)] == ["right", "wrong", None]
    expect(questions.nth(0).locator("blockquote")).to_be_visible()
    assert sideways(page) == 0
    assert violations(page) == []
    questions.nth(0).get_by_role("radio", checked=True).press("ArrowDown")  # another guess is not judged yet
    assert [questions.nth(n).get_attribute("data-result") for n in range(2)] == [None, "wrong"]
    page.get_by_role("button", name="Start again").press("Enter")
    assert page.locator("[data-result], .result").count() == 0


@pytest.mark.slow
def test_the_exercise_without_script_and_on_paper(server: str, tab: Open) -> None:
    """Without a script there is nothing to choose, and each answer opens; on paper a sheet with a column for each
    article, and the key on a page of its own."""
    page = tab(server, script=False).open(EXERCISE)
    expect(page.get_by_role("radio").first).to_be_hidden()
    page.locator("summary").filter(has_text="answer 1").first.click()
    expect(page.locator("form.quiz blockquote").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("form.quiz")).to_be_hidden()
    assert page.locator(".sheet thead th").count() > 2
    expect(page.locator(".key")).to_be_visible()
    assert page.locator(".key").evaluate("key => getComputedStyle(key).breakBefore") == "page"
