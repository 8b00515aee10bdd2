"""Takes the answers of somebody who starts a site, or a site whose files an earlier version wrote. Returns the
files of a whole site, or what today's version would write differently. Imports `site`, `authoring` and the rooms below
them; only `cli` imports it.
"""
