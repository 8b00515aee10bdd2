"""Every change that the page may ask for, by its name. Pure."""

from synoptic.workbench import claim_changes, record_changes, source_changes, statement_changes
from synoptic.workbench.changes import Change

#: Every change by its name.
CHANGES: dict[str, Change] = {
    "add-statement": statement_changes.add,
    "edit-statement": statement_changes.edit,
    "remove-statement": statement_changes.remove,
    "add-claim": claim_changes.add_claim,
    "edit-claim": claim_changes.edit_claim,
    "remove-claim": claim_changes.remove_claim,
    "pass-over": claim_changes.pass_over,
    "add-topic": claim_changes.add_topic,
    "add-answer": claim_changes.add_answer,
    "add-speaker": source_changes.add_speaker,
    "set-kind": source_changes.set_kind,
    "set-gist": source_changes.set_gist,
    "edit-source": source_changes.edit_source,
    "set-record": record_changes.set_record,
    "remove-record": record_changes.remove_record,
}
