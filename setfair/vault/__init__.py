"""Floor 0: what people said stays sealed.

Free text about people lies in the database only as AES-256-GCM ciphertext, under a
data key per case or person, wrapped by a master key that is a file outside the
database. Whoever deletes a data key has made its words unreadable. The ciphertext is
bound to its table, column and row: moved elsewhere, it does not open.
"""
