from corpus.readers.notices.words import notice_words, words_pattern

KINDS = {
    "correction",
    "update",
    "note",
    "corrected",
    "updated",
    "newer",
    "older",
    "this",
    "article",
}


def test_each_language_has_words_of_every_kind() -> None:
    for language, words in notice_words().items():
        assert set(words) == KINDS, language
        assert all(words.values()), language


def test_words_are_written_in_lower_case_and_once() -> None:
    for language, kinds in notice_words().items():
        for kind, words in kinds.items():
            assert len(set(words)) == len(words), (language, kind)
            assert all(word == word.lower() == " ".join(word.split()) for word in words)


def test_a_longer_word_comes_before_one_that_begins_it() -> None:
    pattern = words_pattern("correction")
    assert pattern.index("correction[ -]notice") < pattern.index("|correction|")
