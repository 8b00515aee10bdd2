"""Takes a project's folder and MkDocs's settings. Builds, serves, previews, audits and replaces the site, and is the
only room that decides what is still up to date. Imports `pages` and the rooms below it; only `mkdocs_files` and
`mkdocs_pages` import MkDocs.
"""
