"""Strings come in; words, sentences, matches, differences and encoded HTML go out.

``match`` holds the published rules by which a quotation is found in a text. It may import no other room.
"""
