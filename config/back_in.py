"""`make back-in`: whoever runs this server says that the only administrator of a programme lost their second step."""

import sys

from config.said import say

if __name__ == "__main__":
    sys.exit(say("back_in", sys.argv[1:]))
