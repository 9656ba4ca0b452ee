"""How days and times are written, where we do not write them as Django does. Pages, letters and paper all ask here."""
