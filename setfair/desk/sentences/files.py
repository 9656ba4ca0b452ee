"""What the journal says of files, those that came with a request too."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "added_file": _("A file was added."),
    "chose_file": _("A file was chosen, and not sent yet."),
    "enclosed": _("A file came with the request."),
    "downloaded": _("A file was saved on a device."),
    "sent_harm": _("A file that may do harm was sent, and not kept."),
    "saw_harm": _("Somebody has read that a harmful file was sent."),
}

MOVED = {
    "files.file": {
        "unchecked": _("A file was sent. It is not checked for viruses yet."),
        "kept": _("A file was kept."),
        "replaced": _("A file was replaced by a newer one."),
        "gone": _("A file was taken away."),
    },
    "enclosures.enclosure": {
        "kept": _("A file that came with the request was checked for viruses."),
        "laid": _("A file that came with the request is kept with the case."),
        "gone": _("A file that came with the request was taken away."),
    },
}
