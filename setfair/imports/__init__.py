"""Lists that a team had before: requests, open cases and people, brought in row by row from one file."""
