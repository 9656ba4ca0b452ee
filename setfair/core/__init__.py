"""Floor 0: what every floor stands on. No domain, no tables.

`actor` says who acts, `tenant` says inside which programme, `records` gives rows
their shape, `walls` builds the second wall in the database, `clock` counts school
and court days, `text` makes codes that can be read aloud, `doors` has the door that is open to everyone,
`nearby` knows who sits at this machine.
"""
