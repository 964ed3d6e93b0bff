"""`python -m kept`, which is what `./kept` calls. Guarded: where processes are spawned, this file is imported again."""

import sys

from kept.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
