"""Takes the command line. Runs one command, and turns refusals into messages and exit codes. Imports
every room, each only when its command runs.
"""
