"""``make bench`` compares the cost of synthetic projects with that of plain MkDocs for the same pages.

Each row is a figure, its yardstick from the same run, their ratio and the limit of the ratio. Work of seconds is the
middle of three runs, each in its own folder; work of minutes is measured once. Two more parts measure a matrix of 500
claims by 20 sources in a browser, and a search of 10,000 claims against one index in a single file, as Material has.
"""
