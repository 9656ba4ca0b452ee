"""Pages of preparation: one person as the team sees them (W7), the readiness of a case, and a person's own pages (W8, W9)."""
