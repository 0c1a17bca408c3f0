from corpus.storage.succession import Link, last_successors


def link(old: str, new: str, published: bool = True, checked_on: str = "") -> Link:
    return Link(old, new, published, checked_on)


def test_a_chain_is_followed_to_its_end() -> None:
    links = [link("a", "b", checked_on="2024-01-01"), link("b", "c"), link("c", "d")]
    assert last_successors(links) == {"a": "d", "b": "d", "c": "d"}


def test_nothing_is_replaced_by_an_unpublished_article() -> None:
    assert last_successors([link("a", "b", published=False)]) == {}
    assert last_successors([link("a", "b"), link("b", "c", published=False)]) == {"a": "b"}


def test_a_withdrawn_link_does_not_bring_the_oldest_back() -> None:
    links = [link("a", "b", published=False), link("b", "c")]
    assert last_successors(links) == {"a": "c", "b": "c"}


def test_of_several_successors_published_then_latest_then_smallest_id_wins() -> None:
    draft = link("a", "draft", published=False, checked_on="2030-01-01")
    early, late = link("a", "b", checked_on="2020-01-01"), link("a", "c", checked_on="2021-01-01")
    assert last_successors([draft, early, late]) == {"a": "c"}
    assert last_successors([draft, early]) == {"a": "b"}
    assert last_successors([link("a", "c"), link("a", "b")]) == {"a": "b"}


def test_a_dead_end_is_left_for_a_branch_that_leads_to_a_published_article() -> None:
    dead = link("a", "b", published=False, checked_on="2030-01-01")
    links = [dead, link("a", "c", published=False), link("c", "d")]
    assert last_successors(links) == {"a": "d", "c": "d"}


def test_of_a_circle_one_published_article_stands() -> None:
    circle = [link("a", "b", checked_on="2020-01-01"), link("b", "a", checked_on="2019-01-01")]
    assert last_successors([*circle, link("x", "a", checked_on="2019-01-01")]) == {
        "a": "b",
        "x": "b",
    }
    assert last_successors([link("a", "b", published=False), link("b", "a")]) == {"b": "a"}
    assert last_successors([link("a", "b", False), link("b", "a", False)]) == {}


def test_an_article_does_not_replace_itself() -> None:
    assert last_successors([link("a", "a")]) == {}


def test_a_long_chain_is_no_trouble_and_the_order_of_links_does_not_matter() -> None:
    links = [link(f"{n:06}", f"{n + 1:06}") for n in range(50_000)]
    forward = last_successors(links)
    assert set(forward.values()) == {"050000"}
    assert list(last_successors(reversed(links)).items()) == list(forward.items())
