"""The published JSON Schema of a file of proposals. Pure."""

import json

from synoptic.authoring.schema import Kind, build_schema
from synoptic.model.vocabulary import Vocabulary
from synoptic.proposals.schema import MAX_PROPOSALS, Proposals

#: Beside the schemas of the YAML files and of the published data.
PATH = "docs/schema/proposals.schema.json"


def render_schema(vocabulary: Vocabulary) -> str:
    """The schema as text."""
    found = build_schema(Kind("proposals", "", Proposals), vocabulary, typed=True)
    for part in found["properties"].values():
        if part.get("type") == "array":
            part["maxItems"] = MAX_PROPOSALS
    return json.dumps(found, indent=2) + "\n"
