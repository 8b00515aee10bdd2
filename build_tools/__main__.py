"""``python -m build_tools``: the command line."""

import gc
import sys

from build_tools.cli.main import main

if __name__ == "__main__":
    code = main()
    gc.freeze()  # skip collection at exit: the process returns its memory anyway, and looking takes 4 % of a run
    sys.exit(code)
