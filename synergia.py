"""The command line of Synergiakartta; `python synergia.py --help` tells the rest."""

import sys

from commands import console, door

if __name__ == "__main__":
    console.fail_softly()
    sys.exit(door.run(sys.argv[1:]))
