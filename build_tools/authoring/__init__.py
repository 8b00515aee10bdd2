"""Comes in: what a contributor has: articles, texts, YAML as typed.
Goes out: started files, locks, fixes, the canonical layout of YAML, and JSON Schemas for editors.
It may import every room up to ``data``; only ``cli`` imports it.
"""
