"""Floor 1: who somebody is, before it is asked what they may.

Staff have accounts. Participants and referrers have none: they hold a pass, a code on
paper that lasts or a link that works once.
"""
