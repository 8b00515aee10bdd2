"""Paths, bytes and faults come in from every other room; files on disk, cached values and printable problems go out.

It does not know what the files mean. It may import no other room.
"""
