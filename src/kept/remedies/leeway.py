"""What is left of one remedy's limits, and the sentence that tells it to whoever wants to give."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kept.people.models import Employee
from kept.remedies.models import Remedy
from kept.remedies.wording import amount_in_words

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Left:
    """One remedy, for one case and one of us: what each limit still allows; None where there is no such limit."""

    remedy: Remedy
    in_case: Decimal | None
    by_one: Decimal | None
    in_week: Decimal | None

    @property
    def most(self) -> Decimal | None:
        """The tightest of the three; None: without a limit."""
        return min((one for one in (self.in_case, self.by_one, self.in_week) if one is not None), default=None)

    def allows(self, amount: Decimal) -> bool:
        """Nobody needs to be asked."""
        return self.most is None or amount <= self.most

    def says(self, asked: Employee) -> str:
        """What is left, and who is asked beyond it: a sentence for whoever wants to give it."""
        told = {"name": asked.first_name, "amount": ""}
        most = self.most
        if most is None:
            return _("You may give this without asking.")
        if most <= NOTHING:
            return _("Beyond what you may give without asking: %(name)s is asked.") % told
        told["amount"] = amount_in_words(most, self.remedy.currency)
        if most == self.in_case:
            return _("You may still give %(amount)s here; beyond that %(name)s is asked.") % told
        if most == self.by_one:
            return _("You may still give %(amount)s this week; beyond that %(name)s is asked.") % told
        return _("All of us may still give %(amount)s this week; beyond that %(name)s is asked.") % told
