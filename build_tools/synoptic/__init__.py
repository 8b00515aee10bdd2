"""Synoptic: comparative briefings from articles and YAML claims, as Markdown pages for MkDocs."""
