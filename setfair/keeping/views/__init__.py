"""Pages of keeping: the rules, one case or request, legal holds, and what an old link leads to."""
