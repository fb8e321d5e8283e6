"""Pages and calls of defence bodies, as members of body and host use them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Body, Proposal
from core.queries.charters import today_in
from core.timekeeping import folkmoot_now
from defense.models import Acceptance, Code, DefenseBody, Post, Trained
from tests import village
from tests.defense.scene import CODE, Watch, set_code

pytestmark = pytest.mark.django_db

NOT_STORED = "It keeps no plans, targets, patrols, places, weapons, equipment or tactics"


def client_of(watch: Watch, name: str) -> Client:
    client = Client()
    client.force_login(watch.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(f"defense:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, /, *args: Any, query: str = "", **sent: Any) -> Any:
    return client.post(reverse(f"defense:{name}", args=args) + query, {"once": "k1", **sent})


def test_defense_new_and_defense_list_and_what_is_not_stored(watch: Watch) -> None:
    client = client_of(watch, "farid")
    assert NOT_STORED in get(client, "defense-new", watch.host.slug)

    empty = post(client, "defense-new", watch.host.slug, name="", sort="militia", purpose="x", text="y")
    sent = {"name": "Door watch", "sort": "cop_watch", "purpose": "We look.", "text": "We need it."}
    done = post(client, "defense-new", watch.host.slug, **sent, once="k2")

    assert (empty.status_code, done.status_code) == (422, 303)
    assert DefenseBody.objects.latest("pk").body is None
    assert "Door watch" in client.get(done["Location"]).content.decode()
    assert "Street watch" in get(client, "defense-list", watch.host.slug)
    assert "Defence bodies" in client.get(watch.host.get_absolute_url()).content.decode()


def test_code_list_shows_both_side_by_side_with_what_changed_and_code_accept_is_dated(watch: Watch) -> None:
    member, neighbour = client_of(watch, "bruno"), client_of(watch, "farid")
    set_code(watch.body, "own", watch.ana, watch.neighbours, f"{CODE}\n\nWe tell what we saw.")
    page = get(member, "code-list", watch.body.slug)
    for said in ("Of this body", "Of the confederation", "What version 2 changes in version 1", "I accept version 2"):
        assert said in page
    assert "I accept version" not in get(neighbour, "code-list", watch.body.slug)

    old = post(member, "code-accept", watch.body.slug, scope="own", number="1")
    strange = post(member, "code-accept", watch.body.slug, scope="own", number="x", once="k2")
    outside = post(neighbour, "code-accept", watch.body.slug, scope="own", number="2")
    done = post(member, "code-accept", watch.body.slug, scope="own", number="2", once="k3")

    assert (old.status_code, strange.status_code, outside.status_code, done.status_code) == (409, 422, 403, 303)
    assert "There is a newer version of this code." in old.content.decode()
    assert Acceptance.objects.filter(membership__person=watch.bruno).count() == 3
    village.move_clock(Code.objects.latest("pk").in_force_at - folkmoot_now())  # type: ignore[operator]
    eva = client_of(watch, "eva")
    first_page = eva.get("/").content.decode()
    assert ("Code of conduct, version 2" in first_page, "Code of conduct, version 1" in first_page) == (True, False)
    assert "Your membership waits until you accept" in eva.get(watch.body.get_absolute_url()).content.decode()
    assert client_of(watch, "dario").get(reverse("defense:code-list", args=[watch.body.slug])).status_code == 404


def test_code_new_begins_with_the_newest_words_and_is_a_proposal_of_the_host(watch: Watch) -> None:
    client = client_of(watch, "gina")
    assert "We touch nobody." in get(client, "code-new", watch.body.slug, query="?scope=confederal")

    done = post(
        client, "code-new", watch.body.slug, query="?scope=confederal", code="We touch nobody, ever.", text="Why."
    )

    proposal = Proposal.objects.latest("pk")
    assert (done["Location"], proposal.body, proposal.code.body) == (proposal.get_absolute_url(), watch.host, None)
    assert "What changes." in client.get(proposal.get_absolute_url()).content.decode()


def test_chain_detail_post_new_post_elect_and_post_close(watch: Watch) -> None:
    client = client_of(watch, "gina")
    page = get(client, "chain-detail", watch.body.slug)
    assert page.index("Coordinator") < page.index("Bruno") < page.index("Steward") < page.index("vacant")
    assert "Coordinator" in get(client, "post-new", watch.body.slug)

    sent: dict[str, Any] = {
        "name": "Speaker",
        "above": watch.coordinator.pk,
        "requires": ["deescalation"],
        "text": "Why.",
    }
    opened = post(client, "post-new", watch.body.slug, **sent)
    terms: dict[str, Any] = {"task": "Speak.", "limits": "Nothing alone.", "text": "Why."}
    too_long = post(client, "post-elect", watch.steward.pk, **terms, term_days=366)
    elected = post(client, "post-elect", watch.steward.pk, **terms, term_days=100, once="k2")

    assert (opened.status_code, too_long.status_code, elected.status_code) == (303, 422, 303)
    speaker = Post.objects.get(name="Speaker")
    assert (speaker.above, speaker.in_force_at, speaker.requires.get().sort) == (
        watch.coordinator,
        None,
        "deescalation",
    )
    assert "De-escalation" in client.get(opened["Location"]).content.decode()
    assert "Steward" in get(client, "post-close", watch.steward.pk)
    closing = post(client, "post-close", watch.steward.pk, text="Why.", once="k3")
    assert closing.status_code == 303
    assert "nobody" in client.get(closing["Location"]).content.decode()
    page = get(client, "chain-detail", watch.body.slug)
    assert "election under way" in page
    assert "its end under way" in page


def test_training_pages(watch: Watch) -> None:
    member, slug = client_of(watch, "ana"), watch.body.slug
    assert "Posts without a training that they require" in get(member, "training-list", slug)
    assert post(member, "training-set", slug, sort="first_aid", valid_days=0).status_code == 422
    assert post(member, "training-set", slug, sort="first_aid", valid_days=365, once="k2").status_code == 303
    taught = watch.body.trainings.get()
    today = today_in(watch.body, folkmoot_now())
    assert post(member, "day-announce", slug, training=taught.pk, on="2000-01-01").status_code == 422
    assert post(member, "day-announce", slug, training=taught.pk, on=today, once="k3").status_code == 303
    day = taught.days.get()
    bruno, own = village.membership(watch.body, watch.bruno), village.membership(watch.body, watch.ana)
    assert "Bruno" in get(member, "day-enter", day.pk)
    assert post(member, "day-enter", day.pk, came=[own.pk]).status_code == 422
    assert post(client_of(watch, "farid"), "day-enter", day.pk, came=[bruno.pk]).status_code == 403
    assert post(member, "day-enter", day.pk, came=[bruno.pk], once="k4").status_code == 303
    assert post(member, "day-call-off", day.pk).status_code == 422
    assert Trained.objects.get().membership == bruno
    assert "Posts without a training that they require" not in get(member, "training-list", slug)


def test_api_reads_and_does_the_same(watch: Watch) -> None:
    member, neighbour, slug = client_of(watch, "ana"), client_of(watch, "gina"), watch.body.slug

    def call(client: Client, name: str, key: Any, /, **sent: Any) -> Any:
        return client.post(reverse(f"api:{name}", args=[key]), sent, content_type="application/json")

    def read(name: str) -> Any:
        return neighbour.get(reverse(f"api:{name}", args=[slug])).json()

    plan = {"name": "Door watch", "sort": "militia", "purpose": "We look.", "text": "Why."}
    assert call(neighbour, "defense-propose", watch.host.slug, **plan).status_code == 201
    assert call(neighbour, "code-propose", slug, scope="own", code="New.", text="Why.").status_code == 201
    assert call(member, "code-accept", slug, scope="own", number=7).status_code == 409
    assert call(member, "code-accept", slug, scope="own", number=1).status_code == 200
    assert [each["good_standing"] for each in read("code-list")["members"]] == [True] * 3
    assert read("chain-read")["posts"][0]["below"][0]["name"] == "Steward"
    assert call(neighbour, "post-propose", slug, name="Speaker", above=watch.steward.pk, text="Why.").status_code == 201
    terms = {"task": "Speak.", "limits": "Nothing alone.", "term_days": 90, "text": "Why."}
    assert call(neighbour, "post-elect", watch.steward.pk, **terms).status_code == 201
    assert call(neighbour, "post-close", watch.coordinator.pk, text="Why.").status_code == 422
    assert call(neighbour, "post-close", watch.steward.pk, text="Why.").status_code == 201
    assert call(member, "training-set", slug, sort="first_aid").status_code == 200
    today = str(today_in(watch.body, folkmoot_now()))
    day = call(member, "day-announce", slug, sort="first_aid", on=today)
    bruno = village.membership(watch.body, watch.bruno).pk
    assert call(member, "day-enter", day.json()["id"], came=[bruno]).json()["came"] == 1
    assert call(member, "day-call-off", day.json()["id"]).status_code == 422
    assert read("training-read")["trainings"][0]["trained"] == [{"name": "Bruno", "until": None}]


def test_of_an_unlisted_body_neighbours_read_the_name_and_members_follow_it(watch: Watch) -> None:
    Body.objects.filter(pk=watch.body.pk).update(listed=False)
    link = f'href="{watch.body.get_absolute_url()}"'
    pages = (("code-list", watch.body), ("chain-detail", watch.body), ("defense-list", watch.host))

    for name, linked in (("farid", False), ("bruno", True)):
        client = client_of(watch, name)
        shown = [get(client, page, body.slug) for page, body in pages]
        assert [(link in page, watch.body.name in page) for page in shown] == [(linked, True)] * 3


def test_the_pages_of_a_body_lead_to_each_other_and_stand_under_its_overview(watch: Watch) -> None:
    page = get(client_of(watch, "bruno"), "chain-detail", watch.body.slug)

    assert f'href="{watch.body.get_absolute_url()}" aria-current="page"' in page
    for name in ("code-list", "training-list"):
        assert f'href="{reverse(f"defense:{name}", args=[watch.body.slug])}"' in page
    assert '<b aria-current="page">Chain of command</b>' in page
