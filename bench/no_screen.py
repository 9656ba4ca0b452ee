"""Addresses that answer to GET and show no screen of their own, each with the reason."""

EXCEPT = {
    "agreement_paper": "a PDF",
    "my_paper": "a PDF",
    "post_sheet": "a PDF",
    "file": "a file to save",
    "my_file": "a file to save",
    "codes": "shown once, right after a code was made; leads back to the person else",
    "way_back": "shown once, right after a link was opened; leads on to home else",
    "meeting_file": "a calendar file",
    "mfa_download_recovery_codes": "a text file",
    "conference_of_case": "leads on to the day or the schedule",
    "set_language": "leads back",
    "account_email": "closed: an administrator changes an address",
    "account_email_verification_sent": "leads on: no address is verified by a link",
    "account_confirm_email": "leads on, as above",
    "account_set_password": "leads on to the change of a password",
    "mfa_login_webauthn": "an answer for the sign-in page's script",
    "mfa_reauthenticate_webauthn": "needs a device in the hand",
    "mfa_edit_webauthn": "needs a device in the hand",
    "mfa_remove_webauthn": "needs a device in the hand",
}
