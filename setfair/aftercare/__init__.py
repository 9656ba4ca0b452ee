"""The weeks after what was agreed: calls that are owed until somebody says what came of them, and who is beside whom."""
