"""Changes of topics, answers and claims. Pure."""

from typing import Any

from synoptic.authoring.yaml_nodes import Node, make_node
from synoptic.suggest.statements import list_ids
from synoptic.workbench.changes import Desk, shorten_label
from synoptic.workbench.fields import Declined, Fields, refuse_change
from synoptic.workbench.gone import list_published, write_gone
from synoptic.workbench.nodes import claim_node, find_node, list_of, remove_node, set_key


def add_claim(desk: Desk, fields: Fields) -> str:
    """A new claim of a topic; its id is made of its words unless one is given."""
    fields.only("do", "topic", "id", "claim", "kind", "answer", "terms", "note")
    topic = desk.topic(fields.text("topic", required=True))
    words = fields.text("claim", required=True)
    kind = desk.word("kinds", fields.text("kind", required=True), "kind")
    name = fields.text("id")
    if name and name in _taken(desk):
        raise refuse_change(f'the id "{name}" is used already')
    desk.made = name or desk.new_id(words, _taken(desk), "claim")
    values: dict[str, Any] = {"id": desk.made, "claim": words, "kind": kind}
    values |= {"answer": _read_answer(desk, topic.id, fields.text("answer"))} if fields.text("answer") else {}
    values |= {"terms": fields.texts("terms")} if fields.texts("terms") else {}
    values |= {"note": fields.text("note")} if fields.text("note") else {}
    desk.edit(f"{desk.folder}/claims/{topic.id}.yml", lambda root: root.value.append(make_node(values)))
    return f"Add the claim “{shorten_label(words)}”"


def _taken(desk: Desk) -> set[str]:
    """Every id that a new claim must not have."""
    briefing = desk.briefing
    known = list_ids(briefing) | {name for entry in briefing.file.gone for name in entry.ids}
    known |= {name for claim in briefing.claims for name in claim.was}
    register = briefing.register
    return known | ({*register.claims, *register.statements} if register else set())


def _read_answer(desk: Desk, topic: str, name: str) -> str:
    known = [answer.id for answer in desk.topic(topic).answers]
    if name not in known:
        raise refuse_change(f'the topic "{topic}" has no answer "{name}"')
    return name


def edit_claim(desk: Desk, fields: Fields) -> str:
    """Other values of a claim; null removes one."""
    names = ("do", "claim", "text", "kind", "answer", "terms", "note")
    fields.only("id", *names)
    claim = desk.claim(fields.text("claim", required=True))
    values: dict[str, Any] = {}
    if "text" in fields:
        values["claim"] = fields.text("text", required=True)
    if "kind" in fields:
        values["kind"] = desk.word("kinds", fields.text("kind", required=True), "kind")
    if "answer" in fields:
        answer = fields.text("answer")
        values["answer"] = _read_answer(desk, claim.topic, answer) if answer else None
    if "terms" in fields:
        values["terms"] = _keep_terms(claim.terms, fields.texts("terms")) or None
    if "note" in fields:
        values["note"] = fields.text("note") or None

    def edit(root: Node) -> None:
        node = claim_node(root, claim)
        for key, value in values.items():
            set_key(node, key, value)

    desk.edit(claim.place.path, edit)
    return f"Edit the claim “{shorten_label(claim.claim)}”"


def _keep_terms(old: Any, words: list[str]) -> list[Any]:
    """Search terms as they are written; those that stay keep their mode."""
    modes = {term.term: term.mode for term in old}
    return [{"term": word, "mode": modes[word]} if modes.get(word) else word for word in words]


def remove_claim(desk: Desk, fields: Fields) -> str:
    """A claim less, with its statements; ``gone:`` says why, if it was published."""
    fields.only("do", "claim", "reason")
    claim, reason = desk.claim(fields.text("claim", required=True)), fields.text("reason")
    names = list_published(desk.briefing, [claim.id, *(statement.id for statement in claim.statements)])
    if names and not reason:
        raise Declined(422, f'"{claim.id}" is published: give the reason why it is gone, in one sentence for readers')
    desk.edit(claim.place.path, lambda root: remove_node(root, claim_node(root, claim)))
    if names:
        write_gone(desk, names, reason)
    return f"Remove the claim “{shorten_label(claim.claim)}”"


def pass_over(desk: Desk, fields: Fields) -> str:
    """Sources without a statement on a claim though its terms occur in them, and the reason."""
    fields.only("do", "claim", "sources", "reason")
    claim = desk.claim(fields.text("claim", required=True))
    sources = [desk.source(name).id for name in fields.texts("sources")]
    reason = fields.text("reason", required=True)
    if not sources:
        raise Declined(422, '"sources" is empty')
    known = {passed.source for passed in claim.passes} | {statement.source for statement in claim.statements}
    if double := [name for name in sources if name in known]:
        raise refuse_change(f'"{double[0]}" has a statement on "{claim.id}", or is passed over already')
    entry = {"source": sources[0]} if len(sources) == 1 else {"sources": sources}
    desk.edit(
        claim.place.path,
        lambda root: list_of(claim_node(root, claim), "passed_over").append(make_node({**entry, "reason": reason})),
    )
    return f"Pass over {len(sources)} of the articles for “{shorten_label(claim.claim)}”"


def add_topic(desk: Desk, fields: Fields) -> str:
    """A new topic, the last of the briefing."""
    fields.only("do", "title", "question")
    title, question = fields.text("title", required=True), fields.text("question")
    register = desk.briefing.register
    taken = {topic.id for topic in desk.briefing.file.topics} | {claim.topic for claim in desk.briefing.claims}
    desk.made = desk.new_id(title, taken | {*(register.topics if register else ())}, "topic")
    values = {"id": desk.made, "title": title} | ({"question": question} if question else {})
    desk.edit(f"{desk.folder}/briefing.yml", lambda root: list_of(root, "topics").append(make_node(values)))
    return f"Add the topic “{shorten_label(title)}”"


def add_answer(desk: Desk, fields: Fields) -> str:
    """A new answer to the question of a topic; its id is made of its words unless one is given."""
    fields.only("do", "topic", "id", "text")
    topic, words = desk.topic(fields.text("topic", required=True)), fields.text("text", required=True)
    taken, name = {answer.id for answer in topic.answers}, fields.text("id")
    if name and name in taken:
        raise refuse_change(f'the topic "{topic.id}" has an answer "{name}" already')
    desk.made = name or desk.new_id(words, taken, "answer")

    def edit(root: Node) -> None:
        list_of(find_node(root, topic.place), "answers").append(make_node({"id": desk.made, "text": words}))

    desk.edit(f"{desk.folder}/briefing.yml", edit)
    return f"Add the answer “{shorten_label(words)}”"
