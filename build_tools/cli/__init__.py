"""Comes in: the command line, as ``python -m build_tools COMMAND`` or ``synoptic COMMAND``.
Goes out: text on the terminal, files that the other rooms made, and an exit code.
It may import every other room but the hook; click is used here alone, and one file holds one command.
"""
