"""English: 21 Nov 2026, 3:30 p.m. The day stands first, so that nobody takes it for the month."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, P"
TIME_FORMAT = "P"
MONTH_DAY_FORMAT = "j M"
SHORT_DATE_FORMAT = "j M Y"
