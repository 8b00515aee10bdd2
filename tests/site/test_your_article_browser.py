"""Compare your own article, in a browser: what a reader pastes, chooses or drops stays there, and is only a guess."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import Open, sideways, violations

PAGE = "briefings/harbour-tunnel/your-article/"
TEXT = """<b onclick="x()">The tunnel</b> will open in June, the tunnel company said. <img src="/x.png" onerror="x()">
The fleet is not for sale, Ivo Exemplar said. It is 1 Łódź away."""
#: A saved page with whatever might run or load, two paragraphs of an article, and a menu that is not of it.
SAVED = """<!doctype html><html><head><script>document.title = "ran"</script><base href="/hostile/"></head><body>
<nav><p>Tunnel tunnel tunnel</p></nav><article><p>The tunnel will <i>open</i> in June.<br>Nobody came.</p>
<img src="/hostile.png" onerror="document.title = 'ran'"><iframe src="/hostile"></iframe>
<link rel="stylesheet" href="/hostile.css"><svg onload="document.title = 'ran'"></svg><p>It is shut.</p></article>
</body></html>"""
DROP = """given => {
  const data = new DataTransfer();
  data.items.add(new File([given], "saved.html", {type: "text/html"}));
  const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
  document.querySelector("form.own").dispatchEvent(drop);
}"""


@pytest.mark.slow
def test_a_text_is_searched_and_stays_in_the_browser(server: str, tab: Open, tmp_path: Path) -> None:
    """By keyboard, on a phone: a text is pasted and searched without one request, shown as text, each word marked in
    its sentence; everything found is called a guess; nothing is stored, nothing runs, and axe objects to nothing."""
    opened = tab(server, width=360)
    page = opened.open(PAGE)
    stored, asked = page.evaluate("JSON.stringify(localStorage)"), len(opened.requests)
    found, status = page.locator(".own-found"), page.locator("form.own [role=status]")
    field = page.get_by_label("Text of an article")
    page.get_by_role("button", name="Compare", exact=True).press("Enter")
    expect(status).to_have_text("Paste a text or choose a file first")
    field.focus()
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What your text may answer (a guess)")).to_be_focused()
    expect(found.locator("blockquote", has_text='<b onclick="x()">The tunnel</b>').first).to_be_visible()
    expect(found.locator("mark", has_text="June").first).to_be_visible()
    expect(found.locator("td", has_text="● Likely mentioned").first).to_be_visible()
    assert found.locator("b[onclick], img, script, iframe").count() == 0
    for box in found.locator("details").all():
        box.locator("summary").press("Enter")
        expect(box.locator("li").first).to_be_visible()
        expect(box.locator("summary")).to_have_text(re.compile("guess|does not mean silence|named"))
    link = found.locator("a[href*='/topics/']").last
    link.hover()
    link.focus()
    assert sideways(page) == 0
    assert violations(page) == []
    assert opened.errors == []

    page.evaluate(DROP, SAVED)
    expect(field).to_have_value("The tunnel will open in June.\n\nNobody came.\n\nIt is shut.")
    expect(status).to_have_text("11 words searched")
    for name, data in (("page.htm", SAVED.encode("utf-16")), ("latin.txt", "Die Brücke ist zu.".encode("latin-1"))):
        (tmp_path / name).write_bytes(data)
        page.get_by_label("Or a file").set_input_files(tmp_path / name)
        expect(status).to_have_text("11 words searched" if name == "page.htm" else "4 words searched")
    assert field.input_value() == "Die Brücke ist zu."
    (tmp_path / "article.pdf").write_bytes(b"%PDF-1.7\n\0")
    page.get_by_label("Or a file").set_input_files(tmp_path / "article.pdf")
    expect(status).to_contain_text("This file is not text")
    expect(found).to_be_hidden()

    assert opened.requests[asked:] == []
    assert page.evaluate("fetch('./').then(() => 'answered', () => 'refused')") == "refused"
    assert page.evaluate("JSON.stringify(localStorage)") == stored
    assert page.title() != "ran"


@pytest.mark.slow
def test_without_script_the_page_says_what_it_needs(server: str, tab: Open) -> None:
    """Without a script there is no form, but a sentence."""
    page = tab(server, script=False).open(PAGE)
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    expect(page.locator("form.own")).to_be_hidden()
    assert "Compare your own article" in page.get_by_role("heading", level=1).inner_text()
