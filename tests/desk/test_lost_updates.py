"""Eight editors write one incident at once, fifty rounds: nothing that anybody saved is lost."""

import itertools
import threading
from collections import Counter

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry, User
from incidents import drafting
from incidents.models import Incident
from tests import make
from tests.desk import signed_in
from tests.desk.pages import fields
from tests.desk.tools import Tool, complete, token_of

EDITORS, ROUNDS = 8, 50


class ByTool:
    """An editor's tool: GET, then PUT with the ETag that it read."""

    def __init__(self, person: User, public_id: str) -> None:
        self.tool, self.public_id = Tool(token_of(person)), public_id

    def read(self) -> None:
        answer = self.tool.read(self.public_id)
        self.tag, self.body = answer["ETag"], answer.json()["incident"]

    def write(self, mark: str) -> bool:
        """Whether the mark was saved; a refusal must be the one for stale copies."""
        body = self.body | {"summary": f"{self.body['summary']} {mark}".strip()}
        headers = {"If-Match": self.tag}
        answer = self.tool.call("PUT", f"{self.public_id}/", body, headers=headers)
        assert answer.status_code in (200, 412), answer.content
        return answer.status_code == 200


class ByForm:
    """An editor at the page: the form as it was shown, with one more word."""

    def __init__(self, person: User, public_id: str) -> None:
        self.client = signed_in(Client(), person)
        self.address = f"/desk/incidents/{public_id}/"

    def read(self) -> None:
        page = self.client.get(self.address)
        assert page.status_code == 200
        self.sent = fields(page.content.decode(), "edition")

    def write(self, mark: str) -> bool:
        """Whether the mark was saved; a refusal must be the page that shows both versions."""
        summary = f"{self.sent['summary'][0]} {mark}".strip()
        page = self.client.post(self.address, self.sent | {"summary": summary, "save": "1"})
        assert page.status_code in (302, 409), page.content.decode()[:3000]
        if page.status_code == 409:
            assert mark in page.content.decode()
        return page.status_code == 302


@pytest.fixture
def incident(transactional_db) -> Incident:
    draft = drafting.from_json(complete())
    return drafting.create(draft, by=make.ed(), at=timezone.now())


@pytest.mark.timeout(900)
def test_no_update_is_lost_and_every_stale_write_is_refused(incident):
    """Tools against tools, pages against pages, and each against the other, in every round."""
    people = [make.person(f"editor-{n}", Role.EDITOR) for n in range(EDITORS)]
    hands = [
        way(person, incident.public_id)
        for way, person in zip(itertools.cycle((ByTool, ByForm)), people, strict=False)
    ]
    together, in_turn = threading.Barrier(EDITORS), threading.Lock()
    counts: Counter[str] = Counter()
    faults: list[BaseException] = []
    firsts: list[list[bool]] = [[] for _ in range(ROUNDS)]

    def work(number: int) -> None:
        hand = hands[number]
        try:
            for turn in range(ROUNDS):
                together.wait(120)
                hand.read()
                # Everybody has read the same edition: of the first writes one can be right.
                together.wait(120)
                saved = hand.write(f"{number}.{turn};")
                firsts[turn].append(saved)
                counts["stale"] += not saved
                with in_turn:
                    if not saved:
                        hand.read()
                        assert hand.write(f"{number}.{turn};")
                counts["saved"] += 1
        except BaseException as fault:
            faults.append(fault)
            together.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(EDITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not faults, faults[0]
    incident.refresh_from_db()
    marks = incident.summary.split()
    wanted = [f"{n}.{turn};" for n in range(EDITORS) for turn in range(ROUNDS)]
    print(f"{counts['saved']} writes saved, {counts['stale']} stale ones refused, 0 lost")
    assert sorted(marks) == sorted(wanted)
    assert all(sum(first) == 1 and len(first) == EDITORS for first in firsts)
    assert incident.edition == 1 + EDITORS * ROUNDS
    assert _is_a_chain(incident)


def _is_a_chain(incident: Incident) -> bool:
    """Whether each save began with the text that the save before it left."""
    entries = AuditEntry.objects.filter(verb="save", object_id=incident.public_id).order_by("pk")
    changed = [entry.detail["changed"]["summary"] for entry in entries]
    return all(one["to"] == two["from"] for one, two in itertools.pairwise(changed))
