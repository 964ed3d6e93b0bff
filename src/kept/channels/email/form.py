"""What an owner of a mail account fills in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kept.channels.email.servers import WrongAddress, imap_server, smtp_server


class EmailSettings(forms.Form):
    """The mail account's settings; only the address is needed where another server hands the mail to us."""

    address = forms.EmailField(label=_("Address"), help_text=_("Where customers write, such as help@marlow.example."))
    imap = forms.CharField(
        label=_("Mailbox"), required=False, help_text="imaps://help%40marlow.example@mail.marlow.example/INBOX"
    )
    imap_password = forms.CharField(
        label=_("Password of the mailbox"), required=False, strip=False, widget=forms.PasswordInput(render_value=True)
    )
    move = forms.ChoiceField(
        label=_("Move what was fetched"), required=False, initial="yes", choices=[("yes", _("Yes")), ("no", _("No"))]
    )
    moved_to = forms.CharField(label=_("That folder"), required=False, initial="Kept")
    smtp = forms.CharField(
        label=_("Outgoing server"),
        required=False,
        help_text=_("Such as smtps://user@host; empty: the one of this installation."),
    )
    smtp_password = forms.CharField(
        label=_("Password of the outgoing server"), required=False, strip=False, widget=forms.PasswordInput(render_value=True)
    )
    reply_to = forms.ChoiceField(
        label=_("Answers come back to"),
        required=False,
        initial="plus",
        choices=[("plus", _("Address with a token (help+token@…)")), ("none", _("The plain address: my server knows no plus"))],
    )
    trusted_authserv_id = forms.CharField(
        label=_("Name under which your mail server checks senders"),
        required=False,
        help_text=_("The first word of its Authentication-Results header. Empty: no sender is taken as proven."),
    )
    bounce_to = forms.EmailField(
        label=_("Address for mail that could not be delivered"), required=False, help_text=_("Empty: the address above.")
    )

    def clean_imap(self) -> str:
        """An address of a mailbox, or nothing."""
        return self._checked("imap")

    def clean_smtp(self) -> str:
        """An address of an outgoing server, or nothing."""
        return self._checked("smtp")

    def clean_move(self) -> str:
        """Yes unless told otherwise."""
        return self.cleaned_data["move"] or "yes"

    def clean_moved_to(self) -> str:
        """The folder for what Kept has; never the mailbox itself."""
        return self.cleaned_data["moved_to"] or "Kept"

    def clean_reply_to(self) -> str:
        """An address with a token unless told otherwise."""
        return self.cleaned_data["reply_to"] or "plus"

    def _checked(self, name: str) -> str:
        try:
            (imap_server if name == "imap" else smtp_server)({name: self.cleaned_data[name]})
        except WrongAddress as trouble:
            raise forms.ValidationError(str(trouble)) from None
        return str(self.cleaned_data[name])
