"""Takes what somebody marks and types in the workbench's page: changes to a briefing, as JSON.
Returns the state of the briefing with every problem, and on request new files, locks and a branch.
Imports ``authoring``, ``suggest``, ``pages`` and the rooms below them; only ``cli`` imports it.
"""
