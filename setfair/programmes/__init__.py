"""Floor 1: the programme, which is the tenant, and everything about it that staff can change on screen.

Who belongs to it, when and where it meets, which words it uses, which questions its
script asks, and how its letters read.
"""
