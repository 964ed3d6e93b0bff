"""Links of invitations fetched by a scanner, of a real server: GET, HEAD and all eleven scores of each. No score may count.

./kept bench scanner [LINKS] [SCANNERS]
"""

from __future__ import annotations

import http.client
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from bench.ground.marlow import a_marlow
from bench.ground.serving import HOST, House
from kept.intake.models import Arrival
from kept.lib.clock import now
from kept.lib.ids import new_id
from kept.lib.links import page_token
from kept.people.models import Customer, Employee, Identity
from kept.surveys.models import Invitation, InvitationState, Response, ScoreCount, Survey
from kept.surveys.setting_up import open_survey, set_up, usual_plan

LINKS, SCANNERS = 5_000, 8
CHUNK = 500


def main(arguments: list[str]) -> int:
    """Prints how many pages were fetched, how fast, and what they left behind. Returns 1 when that is anything."""
    links, scanners = int(arguments[0]) if arguments else LINKS, int(arguments[1]) if len(arguments) > 1 else SCANNERS
    tokens = [page_token("survey", public_id) for public_id in _asked(links)]
    _let_go()
    house = House()
    house.start()
    try:
        house.wait()
        began = time.monotonic()
        with ThreadPoolExecutor(scanners) as pool:
            shares = [tokens[start::scanners] for start in range(scanners)]
            statuses = sum(pool.map(lambda share: _scan(house, share), shares), Counter[int]())
        seconds = time.monotonic() - began
    finally:
        house.stop()
    fetched = sum(statuses.values())
    print(f"{links:,} links, {fetched:,} fetched in {seconds:.0f} s, {fetched / seconds:.0f} a second; statuses {dict(statuses)}")
    left = {"answers": Response.objects.count(), "scores": ScoreCount.objects.count(), "arrivals": Arrival.objects.count()}
    left["invitations answered"] = Invitation.objects.filter(state=InvitationState.ANSWERED).count()
    print(", ".join(f"{name}: {count}" for name, count in left.items()), "(target: 0 each)")
    print(f"looks counted apart so far: {sum(Invitation.objects.values_list('machine_looks', flat=True)):,}")
    return 1 if any(left.values()) or set(statuses) != {200} else 0


def _asked(links: int) -> list[UUID]:
    """So many customers were asked by mail."""
    marlow, moment = a_marlow(at=now()), now()
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=20)
    survey = set_up(usual_plan("nps", name="How likely", people=[Employee.objects.get(pk=marlow.priya.pk)]), by=None, now=moment)
    open_survey(survey, by=None, now=moment)
    for start in range(0, links, CHUNK):
        _ask(survey, range(start, min(start + CHUNK, links)))
    return list(Invitation.objects.values_list("public_id", flat=True))


def _ask(survey: Survey, numbers: range) -> None:
    moment, version = now(), survey.versions.get()
    people = Customer.objects.bulk_create(Customer(name=f"Customer {number}", first_seen_at=moment) for number in numbers)
    addresses = Identity.objects.bulk_create(
        Identity(customer=one, kind="email", value=f"{one.public_id.hex}@many.example", first_seen_at=moment) for one in people
    )
    Invitation.objects.bulk_create(
        Invitation(
            survey=survey,
            version=version,
            customer=address.customer,
            identity=address,
            occasion_key=new_id().hex,
            state=InvitationState.SENT,
            eligible_at=moment,
            expires_at=moment,
            sent_at=moment,
        )
        for address in addresses
    )


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


def _scan(house: House, tokens: list[str]) -> Counter[int]:
    line, statuses = http.client.HTTPConnection(HOST, house.port, timeout=60), Counter[int]()
    for token in tokens:
        path = f"/s/{token}"
        asks = [("HEAD", path), ("GET", path), *(("GET", f"{path}?score={score}") for score in range(11))]
        for method, address in asks:
            line.request(method, address)
            answer = line.getresponse()
            answer.read()
            statuses[answer.status] += 1
    return statuses


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
