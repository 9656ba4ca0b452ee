"""What is said about lists: what each kind brings, why a file is not read, how a list stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .models import Table

TOLD = {
    Table.Kind.REQUESTS: _("One row is one request. It waits to be read and answered like any other. Nobody is written to."),
    Table.Kind.CASES: _("One row is one case, with who was harmed and who is responsible. It begins at the start: everyone is met and asked again."),
    Table.Kind.PEOPLE: _("One row is one person in a case that is open here. Bring in the cases first."),
}
FEWER = {Table.Kind.REQUESTS: 50_000, Table.Kind.CASES: 5_000, Table.Kind.PEOPLE: 5_000}
"""How many rows a list of each kind may have."""

WHY_NOT = {
    "empty": _("There is nothing in this file. Please choose another one."),
    "too_large": _("This file is too large. 10 MB is the most. Please cut it into two lists."),
    "too_many_rows": _("This list is too long. Please cut it into two lists."),
    "large_workbook": _("This workbook is too long for us. Save it as CSV, or cut it into lists of 20,000 rows."),
    "too_many_columns": _("This list has more than 60 columns. Please leave out those that are not needed."),
    "spelling": _("We cannot read the letters in this file. In your spreadsheet, choose: Save as CSV UTF-8."),
    "broken_table": _("This file cannot be opened. Please save it again, as .xlsx or as CSV UTF-8."),
    "other_file": _("We can read lists in CSV and Excel (.xlsx). In your spreadsheet, choose: Save as, and then one of these two."),
    "bomb": _("This file is too much for us to open. Please save it as CSV UTF-8 and send that."),
    "harmful": _("Our virus scanner says that this file may do harm. It was not kept."),
    "busy": _("Too many files come in right now. Nothing was saved. Please try again in a minute."),
    "too_often": _("You have sent many files in a short time. Please wait an hour."),
}
