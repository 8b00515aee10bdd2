"""Takes nothing of ours: the ground floor knows no briefing. Returns problems with their places, one exception for
people, atomic file writes and a cache on disk. Imports nothing else of the program.
"""
