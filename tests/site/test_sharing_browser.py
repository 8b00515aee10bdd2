"""What a reader copies: a claim's link, and each of its quotations with its source."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Open
from tests.projects import BuiltSite

TOPIC = "briefings/quay-bridge/topics/reopening/"


def copied(page: Page, button: Locator) -> str:
    """What a click on a button puts on the clipboard."""
    page.evaluate("navigator.clipboard.writeText('')")
    button.click()
    expect(button).to_have_text("Copied")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.slow
def test_quotations_are_copied_with_their_source(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Each quotation of a claim has a button, which copies the words in quotation marks, who holds them, the outlet,
    headline and day of the article, and the claim's permanent address."""
    data: dict[str, Any] = built_site.data("quay-bridge")
    page = tab(server, fresh=True).open(TOPIC)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sources = {source["id"]: source for source in data["sources"]}
    claims = [claim for claim in data["claims"] if claim["topic"] == "reopening"]
    modes = set()
    for claim in claims:
        for statement in claim["statements"]:
            modes.add(statement.get("mode"))
            source = sources[statement["source"]]
            said = page.locator(f"[id='s-{statement['id']}']")
            text = copied(page, said.get_by_role("button", name="Copy quotation with source"))
            assert text.startswith("“")
            assert statement["quote"].strip("“”") in text
            assert f"{source['outlet']}, “{source['title']}”, " in text
            assert text.endswith(f" {server}{claim['path']}")
            year, _, day = source["published"].split("-")
            assert f"{int(day)} " in text
            assert f" {year}. " in text
            holder = said.locator(".who bdi").first.inner_text()
            assert holder in text
    assert len(modes) > 1
    assert page.locator("button[data-copy=quotation]").count() == sum(len(claim["statements"]) for claim in claims)


@pytest.mark.slow
def test_every_claim_has_a_link_to_copy(built_site: BuiltSite, server: str, tab: Open) -> None:
    """ "Copy link" copies the claim's permanent address, and the page stays."""
    page = tab(server, fresh=True).open(TOPIC)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for claim in built_site.data("quay-bridge")["claims"]:
        if claim["topic"] == "reopening":
            link = page.locator(f"[id='{claim['id']}'] + .claim [data-copy=link]")
            expect(link).to_have_text("Copy link")
            assert copied(page, link) == f"{server}{claim['path']}"
    assert page.url == f"{server}{TOPIC}"


@pytest.mark.slow
def test_without_script_nothing_promises_to_copy(server: str, tab: Open) -> None:
    """Without JavaScript there is no copy button, and the link to each claim leads there."""
    page = tab(server, script=False).open(TOPIC)
    assert page.get_by_role("button").filter(has_text="Copy").count() == 0
    expect(page.locator(".claim [data-copy=link]").first).to_have_text("Link to this claim")
