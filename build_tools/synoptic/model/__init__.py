"""Frozen records: what contributors typed, what ``lock`` wrote, what Git knows; and the tables that find them by id.

The loader puts them in; every room takes them out, and none of them computes, reads or caches. It may import base and
text.
"""
