"""`make programme`: a link by which one person founds one more programme in this installation."""

import sys

from config.said import say

if __name__ == "__main__":
    sys.exit(say("programme", sys.argv[1:]))
