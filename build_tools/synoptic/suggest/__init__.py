"""Takes an article's text and the word lists in `words`. Returns suggestions for an editor: quotations with their
likely speaker, figures, dates, search terms; they are guesses, and never verify anything. Imports `check`,
`compare` and the rooms below them; only `cli` imports it.
"""
