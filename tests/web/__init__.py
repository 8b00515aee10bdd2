"""Tests of the room `web`, against a server on this machine."""
