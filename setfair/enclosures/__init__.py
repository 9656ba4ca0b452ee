"""Files that come with a request: sealed with its words, read by those who answer it, and laid to the case once somebody has said for whom."""
