"""The forms of the settings pages. They clean; whether a change may be made is the actions' question."""
