"""What people type is found however it is spelt: scripts, marks, joins, numbers, addresses."""

from __future__ import annotations

import pytest

from corpus.models import Article, Section
from index.build import build_index
from index.search.reader import IndexReader
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.types import Filters, SearchRequest


def check(id: str, headline: str, text: str = "", **fields: str) -> Article:
    return Article(id, headline, sections=(Section("", text),) if text else (), **fields)  # type: ignore[arg-type]


ARTICLES = [
    check("who", "Has the WHO banned honey?", "The WHO has not banned honey."),
    check("band", "Are The Who on tour again?", "The Who play in May."),
    check("att", "Does AT&T sell letters?", "AT&T sells no letters.", topic="Phones "),
    check("be", "Who wrote “To be, or not to be”?", "A line of a prince in a play."),
    check("it", "Is It a film about a clown?", "The film is about fear.", topic="film"),
    check("a", "Does vitamin A cure colds?", "Vitamin A cures no cold; vitamins do little."),
    check("b", "Is hepatitis B spread by rain?", "Hepatitis B is not spread by rain."),
    check("hi", "क्या चाँद पर पानी है?", "चाँद पर बर्फ मिली है।", language="hi"),
    check("hi2", "क्या चींटी सोती है?", "चींटी थोड़ा सोती है।", language="hi"),
    check("he", "האם הַיָּם מתייבש?", "הַיָּם אינו מתייבש.", language="he"),
    check("ar", "هل القَمَر أكبر من الأرض؟", "القَمَر أصغر من الأرض.", language="ar"),
    check(
        "ja", "東京スカイツリーは世界一高いのか", "スカイツリーは634メートルです。", language="ja"
    ),
    check("nfd", "ハ\u3099ナナは木になるのか", "ハ\u3099ナナは草です。", language="ja"),
    check("zh", "月球上看得見長城嗎？", "NASA說肉眼看不見長城。", language="zh"),
    check("ko", "고래는 물고기인가?", "고래는 포유류이다.", language="ko"),
    check("th", "ช้างกลัวหนูหรือไม่", "ช้างไม่กลัวหนู", language="th"),
    check("mig", "Did a MiG-29 land on a road?", "The MiG-29 did land; a Boeing-747 did not."),
    check("wifi", "Is Wi-Fi heard by dogs?", "Dogs hear no Wi-Fi, no X-rays and no e-mail."),
    check("app", "Does WhatsApp read minds?", "WhatsApp reads no minds, nor does DeepMind."),
    check("msc", "Does an M.Sc. take ten years?", "An M.Sc. takes two."),
    check("soft", "Is lemon\u00adgrass a tree?", "Lemon\u200bgrass is grass; so is \ufeffbamboo."),
    check("apo", "Did O`Hara own L´Orange?", "O`Hara did not; Dʼarcy did."),
    check("url", "Read (https://lab.example/owls)owls?", "See www.lab.example/mice|mice too."),
    check("url2", "Was it https://lab.example/eels,eels?", "x https://lab.example/fox狐 y"),
    check("os", "Is Tromsø the seat of Ærø?", "Tromsø lies in Troms.", topic="Åland"),
    check("tr", "ISLIK ÇALMAK yasak mı?", "Islık çalmak yasak değil.", language="tr"),
    check("num", "Were 12,34,000 pots sold?", "No: 7\u202f500 pots, worth $3bn, in ٢٠٢١."),
    check(
        "site", "Is the old mill a school?", "It is not.", url="https://www.mill.example/2020/mill/"
    ),
    Article(
        "border",
        "Did the mayor resign?",
        sections=(Section("Mayor", "She stayed until the end"), Section("Of spring", "Rain fell.")),
    ),
    check("en", "Is rust good for roses?", "It is not.", language="EN", topic="phones"),
    check("en2", "Is salt good for snails?", "It is not.", language="en_GB", topic="PHONES"),
]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("index")
    build_index(ARTICLES, folder)
    return Searcher(Retrieval(IndexReader(folder)))


def found(searcher: Searcher, typed: str, **filters: tuple[str, ...]) -> list[str]:
    request = SearchRequest(typed, filters=Filters(**filters), limit=100)  # type: ignore[arg-type]
    return [hit.id for hit in searcher.search(request).hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        # words that are everywhere
        ("WHO", {"who", "band", "be"}),
        ("The Who", {"band"}),
        ("AT&T", {"att"}),
        ("at & t", {"att"}),
        ("to be or not to be", {"be"}),
        ("it", {"it", "url2"}),
        ("WHO honey", {"who"}),
        ("vitamin A", {"a"}),
        ("hepatitis b", {"b"}),
        # marks
        ("चाँद", {"hi"}),
        ("चींटी", {"hi2"}),
        ("הים", {"he"}),
        ("القمر", {"ar"}),
        ("الارض", {"ar"}),
        # scripts without spaces
        ("スカイツリー", {"ja"}),
        ("バナナ", {"nfd"}),
        ("ハ\u3099ナナ", {"nfd"}),
        ("長城", {"zh"}),
        ("NASA", {"zh"}),
        ("고래", {"ko"}),
        ("포유류", {"ko"}),
        ("ช้าง", {"th"}),
        # joined and split
        ("mig29", {"mig"}),
        ("mig 29", {"mig"}),
        ("boeing747", {"mig"}),
        ("wifi", {"wifi"}),
        ("xrays", {"wifi"}),
        ("email", {"wifi"}),
        ("whats app", {"app"}),
        ("deep mind", {"app"}),
        ("MSc", {"msc"}),
        ('"mig29"', {"mig"}),
        # invisible characters
        ("lemongrass", {"soft"}),
        ("lemon\u200bgrass", {"soft"}),
        ("bamboo", {"soft"}),
        # apostrophes
        ("O'Hara", {"apo"}),
        ("O’Hara", {"apo"}),
        ("L'Orange", {"apo"}),
        ("D＇arcy", {"apo"}),
        # addresses within a text
        ("owls", {"url"}),
        ("mice", {"url"}),
        ("eels", {"url2"}),
        ("狐", {"url2"}),
        ("https://lab.example/x|honey", {"who"}),
        # letters
        ("Tromso", {"os"}),
        ('"tromso"', {"os"}),
        ("aero", {"os"}),
        ("topic:aland", {"os"}),
        ("ıslık", {"tr"}),
        ("islik calmak", {"tr"}),
        # numbers
        ("1234000", {"num"}),
        ("1,234,000", {"num"}),
        ("7500", {"num"}),
        ("7,500 pots", {"num"}),
        ("3 billion", {"num"}),
        ("$3bn", {"num"}),
        ("2021", {"num"}),
        # the address of an article
        ("https://www.mill.example/2020/mill/", {"site"}),
        ("http://mill.example/2020/mill?utm_source=feed#top", {"site"}),
        ("mill.example/2020/mill/amp", {"site"}),
        ("www.mill.example", {"site"}),
        ("https://checks.example/articles/mig?x=1", {"mig"}),
    ],
)
def test_the_article_comes_first(searcher: Searcher, typed: str, first: set[str]) -> None:
    hits = found(searcher, typed)
    assert hits, typed
    assert hits[0] in first


@pytest.mark.parametrize(
    ("typed", "never"),
    [
        ("चाँद", "hi2"),
        ("長城", "ja"),
        ("고래", "zh"),
        ("honey -WHO", "who"),
        ("dogs -wifi", "wifi"),
        ("minds -whatsapp", "app"),
        ("land -mig29", "mig"),
        ('"end of spring"', "border"),
        ('"of spring rain"', "border"),
    ],
)
def test_what_is_excluded_or_stands_apart_is_not_found(
    searcher: Searcher, typed: str, never: str
) -> None:
    assert never not in found(searcher, typed)


def test_a_phrase_within_a_section_is_found(searcher: Searcher) -> None:
    assert found(searcher, '"until the end"') == ["border"]
    assert found(searcher, '"rain fell"') == ["border"]


@pytest.mark.parametrize("typed", ["???", "&", "—", "🦇"])
def test_signs_without_a_word_find_nothing_and_say_so(searcher: Searcher, typed: str) -> None:
    result = searcher.search(SearchRequest(typed))
    assert (result.total, result.hits) == (0, ())
    assert result.notes


def test_an_unknown_address_finds_nothing_and_says_so(searcher: Searcher) -> None:
    result = searcher.search(SearchRequest("https://nowhere.example/x"))
    assert result.total == 0
    assert "address" in result.notes[0]


@pytest.mark.parametrize("value", ["phones", "Phones ", " PHONES", "phönes"])
def test_values_are_one_by_case_blanks_and_accents(searcher: Searcher, value: str) -> None:
    assert sorted(found(searcher, "", topics=(value,))) == ["att", "en", "en2"]
    assert sorted(found(searcher, f'topic:"{value.strip()}"')) == ["att", "en", "en2"]


@pytest.mark.parametrize("value", ["en", "EN", "en-US", "en_gb"])
def test_a_language_is_one_with_and_without_its_region(searcher: Searcher, value: str) -> None:
    every = set(found(searcher, "", languages=(value,)))
    assert {"en", "en2", "who"} <= every
    assert "hi" not in every
    assert every == set(found(searcher, f"lang:{value}"))


def test_facets_count_each_value_once(searcher: Searcher) -> None:
    facets = searcher.search(SearchRequest("")).facets
    assert facets["topic"]["Phones"] == 3
    assert facets["language"]["en"] > 10
    shown = {*facets["topic"], *facets["language"]}
    assert not {"EN", "en_GB", "PHONES", "phones", "Phones "} & shown


def test_help_with_spelling_does_not_fight_the_archives_own_spellings(searcher: Searcher) -> None:
    for typed in ("wifi", "mig29", "xrays", "MSc", "whats app"):
        assert searcher.search(SearchRequest(typed)).did_you_mean == ""
