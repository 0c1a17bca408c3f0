from dataclasses import replace
from urllib.parse import quote

import pytest

from corpus.models import Article
from index.types import Filters
from tests.api.fake_backend import COFFEE, EVIL, ODD_ID, TEA, FakeBackend, make_client


def test_a_hit_shows_what_a_result_list_needs() -> None:
    body = make_client().get("/v1/search?q=tea&limit=1").json()
    (hit,) = body["hits"]
    assert (hit["id"], hit["headline"], hit["date"]) == (TEA.id, TEA.headline, "2024-03-09")
    assert (hit["verdict"], hit["publisher"], hit["topic"]) == ("False", "The Checkers", "food")
    assert hit["page"] == "/articles/tea-dries-you-out"
    assert hit["snippet"]["marks"][0] == [0, 3]
    assert hit["explanation"] is None
    assert (body["total"], body["limit"], body["offset"]) == (2, 1, 0)


def test_facets_come_with_the_largest_first() -> None:
    facets = make_client().get("/v1/search?q=tea").json()["facets"]
    assert facets["verdict"] == [{"value": "True", "count": 2}, {"value": "False", "count": 1}]


def test_every_parameter_of_a_search_arrives_and_post_means_the_same_as_get() -> None:
    backend = FakeBackend()
    client = make_client(backend)
    client.get(
        "/v1/search?q=tea&context=before&limit=3&offset=1&topic=food&topic=words&verdict=False"
        "&publisher=P&language=de&date=2023&sort=date&explain=true&highlight=false"
    )
    fields = {
        "q": "tea",
        "context": "before",
        "limit": 3,
        "offset": 1,
        "topic": ["food", "words"],
        "verdict": ["False"],
        "publisher": ["P"],
        "language": ["de"],
        "date_from": "2023-01-01",
        "date_to": "2023-12-31",
        "sort": "date",
        "explain": True,
        "highlight": False,
    }
    assert client.post("/v1/search", json=fields).status_code == 200
    by_get, by_post = backend.searches
    assert by_get == by_post
    assert by_get.filters.topics == ("food", "words")
    assert by_get.filters.date_from is not None
    assert (by_get.sort, by_get.explain, by_get.highlight) == ("date", True, False)


def test_a_search_for_nothing_browses_everything_published() -> None:
    backend = FakeBackend()
    body = make_client(backend).get("/v1/search").json()
    assert backend.searches[0].filters == Filters()
    assert body["total"] == 5


def test_a_long_text_is_searched_by_post() -> None:
    response = make_client().post("/v1/search", json={"q": "tea " * 5_000})
    assert response.status_code == 200


def test_explanations_come_only_when_asked_for() -> None:
    client = make_client()
    asked = client.get("/v1/search?q=tea&explain=true").json()["hits"][0]
    assert asked["explanation"]["contributions"] == {"bm25": 1.0}
    path = f"/v1/articles/{TEA.id}"
    plain = client.get(f"{path}/questions").json()["questions"][0]
    told = client.get(f"{path}/questions?explain=true").json()["questions"][0]
    assert plain["contributions"] is None
    assert told["contributions"] == {"similarity": 2.0, "answered": 0.5}
    related = client.get(f"{path}/related?explain=true").json()["related"][0]
    assert related["contributions"] == {"a": 1.5}


def test_a_hit_whose_article_is_gone_is_left_out() -> None:
    class Behind(FakeBackend):
        def articles(self, ids: object) -> dict[str, Article]:
            return {COFFEE.id: COFFEE, TEA.id: replace(TEA, published=False)}

    assert make_client(Behind()).get("/v1/search?q=tea").json()["hits"] == []


def test_an_article_comes_with_numbered_sections_and_its_successor() -> None:
    client = make_client()
    body = client.get(f"/v1/articles/{TEA.id}").json()
    assert [(s["number"], s["heading"]) for s in body["sections"]] == [
        (1, "What caffeine does"),
        (2, "Strong tea"),
    ]
    assert body["superseded_by"] is None
    assert client.get("/v1/articles/tea-old").json()["superseded_by"] == TEA.id


def test_addresses_that_run_script_are_left_out() -> None:
    client = make_client()
    body = client.get(f"/v1/articles/{EVIL.id}").json()
    assert (body["url"], body["sources"][0]["url"]) == (None, None)
    assert client.get(f"/v1/articles/{TEA.id}").json()["sources"][1]["url"] is None


@pytest.mark.parametrize("sub", ["", "/questions", "/related"])
def test_an_id_may_hold_slashes_spaces_and_the_name_of_a_route(sub: str) -> None:
    client = make_client()
    body = client.get(f"/v1/articles/{quote(ODD_ID, safe='')}{sub}").json()
    assert body["id" if not sub else "article_id"] == ODD_ID


@pytest.mark.parametrize(
    "id", ["a/b", "50%", "%2F", "q?x", "#", "ü", "a//b", "/a", "a+b c", "\u202e"]
)
def test_an_id_is_decoded_exactly_once(id: str) -> None:
    backend = FakeBackend((replace(TEA, id=id),))
    response = make_client(backend).get(f"/v1/articles/{quote(id, safe='')}")
    assert response.json()["id"] == id
    assert make_client(backend).get(response.json()["page"]).status_code == 200


def test_a_plain_slash_in_an_id_works_as_long_as_it_is_clear() -> None:
    client = make_client(FakeBackend((replace(TEA, id="2024/tea"),)))
    assert client.get("/v1/articles/2024/tea").json()["id"] == "2024/tea"
    assert client.get("/v1/articles/2024/tea/questions").json()["article_id"] == "2024/tea"


def test_questions_name_the_section_that_answers_them() -> None:
    first, own, odd, gone, _ = (
        make_client().get(f"/v1/articles/{TEA.id}/questions").json()["questions"]
    )
    assert first["answer"] == {
        "article_id": COFFEE.id,
        "headline": COFFEE.headline,
        "page": "/articles/coffee-counts-as-water#section-1",
        "url": None,
        "section": 1,
        "heading": "How much",
        "language": "en",
        "confidence": 0.93,
    }
    assert first["origin"] == "archive"
    assert first["reasons"][0] == "asked by 2 other articles"
    assert own["answer"] is None
    assert (odd["answer"]["section"], odd["answer"]["heading"]) == (0, "Summary")  # no section 99
    assert gone["answer"] is None


def test_related_articles_come_with_their_relation() -> None:
    related = make_client().get(f"/v1/articles/{TEA.id}/related").json()["related"]
    assert [(r["id"], r["relation"]) for r in related] == [
        (COFFEE.id, "same topic"),
        (EVIL.id, "contradicts"),
    ]
    assert (related[0]["verdict"], related[0]["date"]) == ("Mostly true", "2025-01-20")


def test_limit_is_passed_on() -> None:
    client = make_client()
    assert len(client.get(f"/v1/articles/{TEA.id}/questions?limit=2").json()["questions"]) == 2
    assert len(client.get(f"/v1/articles/{TEA.id}/related?limit=1").json()["related"]) == 1
    assert len(client.get("/v1/suggest?q=t&limit=1").json()["suggestions"]) == 1


def test_a_draft_can_come_as_fields() -> None:
    backend = FakeBackend()
    fields = {
        "headline": "Does cocoa?",
        "summary": "It may.",
        "sections": [{"heading": "Why", "text": "Because."}],
        "followups": ["And milk?"],
        "date": "2025-02-03",
        "limit": 1,
        "explain": True,
    }
    body = make_client(backend).post("/v1/preview", json=fields).json()
    (draft,) = backend.drafts
    assert (draft.id, draft.headline, draft.published) == ("draft", "Does cocoa?", False)
    assert draft.sections[0].heading == "Why"
    assert len(body["questions"]) == len(body["related"]) == 1
    assert body["questions"][0]["contributions"]


def test_a_draft_can_come_as_the_text_of_its_page() -> None:
    backend = FakeBackend()
    text = "Fact check: Does cocoa count?\n\nExecutive Summary\n\nIt does.\n\n1. Why\n\nWater."
    body = make_client(backend).post("/v1/preview", json={"text": text, "id": TEA.id}).json()
    assert body["headline"] == backend.drafts[0].headline == "Does cocoa count?"
    assert backend.drafts[0].id == TEA.id
    assert [s.heading for s in backend.drafts[0].sections] == ["Why"]


def test_completions_lead_to_an_article_or_to_a_search() -> None:
    first, _, phrase = make_client().get("/v1/suggest?q=te").json()["suggestions"]
    assert first["page"] == "/articles/tea-dries-you-out"
    assert (phrase["kind"], phrase["page"]) == ("phrase", None)
    assert make_client().get("/v1/suggest?q=%20").json() == {"suggestions": []}


def test_health_and_readiness_are_two_things() -> None:
    client = make_client(FakeBackend(index=False))
    assert client.get("/healthz").json() == {"status": "ok"}
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["message"] == "The index is being built."
    ready = make_client().get("/readyz")
    assert (ready.status_code, ready.json()["articles"]) == (200, 6)


def test_what_is_not_public_is_marked_by_none_of_the_answers() -> None:
    for path in ("", "/questions", "/related"):
        assert make_client().get(f"/v1/articles/hidden{path}").status_code == 404
