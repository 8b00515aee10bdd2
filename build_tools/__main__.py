"""``python -m build_tools``: the command line."""

import gc
import sys

if __name__ == "__main__":
    gc.disable()  # a command needs what it creates until it ends; see also ``without_gc``
    from build_tools.cli.main import main

    code = main()
    gc.freeze()  # skip collection at exit: the process returns its memory anyway, and looking takes 4 % of a run
    sys.exit(code)
