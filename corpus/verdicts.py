"""Verdict normalisation: publishers' words, in nine languages, to true, mixed, false or unproven.

One table of words and phrases decides for the recommender and for the colours of the pages.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from corpus.analysis.tokenizer import fold

Ruling = Literal["true", "mixed", "false", "unproven"]

MAX_VERDICT_CHARACTERS = 500  # some publishers write a paragraph; its beginning holds the verdict
_NEGATION_REACH = 3  # words: "not", then at most two others, then what is negated

# Meaning → words and phrases, one language a line: English, German, Spanish, French, Portuguese,
# Italian, Dutch, Hindi, Arabic; a form that two languages share stands once. "partly", "mostly" and
# "barely" qualify another word, "not" negates one, "speaker" judges who says it and not the claim.
_TABLE = {
    "true": """
        true, truth, correct, accurate, right, confirmed, genuine, real, authentic, legit
        legitimate, verified, supported, geppetto checkmark
        wahr, richtig, korrekt, echt, stimmt, zutreffend, bestätigt, belegt
        verdadero, verdadera, verdad, cierto, cierta, correcto, correcta, confirmado
        vrai, vraie, exact, exacte, véridique, avéré, avérée, confirmé
        verdadeiro, verdadeira, verdade, fato, correto, correta, comprovado
        vero, vera, corretto, corretta, esatto, confermato
        waar, juist, klopt, bevestigd
        सही, सच, सत्य
        صحيح, صحيحة, حقيقي, حقيقية, حقيقة, صادق, دقيق, دقيقة
        """,
    "false": """
        false, fake, wrong, incorrect, inaccurate, untrue, hoax, fabricated, altered, doctored
        manipulated, photoshopped, deepfake, ai generated, made up, debunked, refuted, contradicted
        unfounded, baseless, pants, scam, satire, satirical, parody, bogus, fiction, misattributed
        miscaptioned, mislabeled, mislabelled, four pinocchios, bottomless pinocchio
        falsch, falsche, falscher, falsches, falschmeldung, unwahr, gefälscht, fälschung, erfunden
        manipuliert, widerlegt
        falso, falsa, falsos, falsas, bulo, mentira, manipulado, inventado, sátira
        faux, fausse, inexact, inexacte, infox, intox, mensonge, canular, manipulé
        incorreto, boato, montagem, inverídico, fraude
        bufala, scorretto, inventato, manipolato
        onwaar, onjuist, vals, valse, nep, nepnieuws, verzonnen, weerlegd
        गलत, झूठ, झूठा, झूठी, झूठे, फर्जी, असत्य, फेक
        خطأ, خاطئ, خاطئة, كاذب, كاذبة, كذب, زائف, زائفة, مزيف, مزيفة, مفبرك, مفبركة, ساخر, ساخرة
        """,
    "mixed": """
        mixed, mixture, misleading, misleads, misled, exaggerated, exaggerates, exaggeration
        overstated, understated, oversimplified, outdated, context, decontextualized
        decontextualised, distorts, distorted, misrepresented, misrepresents, imprecise, incomplete
        conflicting, cherrypicking, cherry picking, cherry picked, cherry picks, spins the facts
        half truth, two pinocchios, true but, correct but, accurate but, right but
        irreführend, halbwahr, halbwahrheit, kontext, übertrieben, veraltet, ungenau, verzerrt
        unvollständig, richtig aber
        engañoso, engañosa, contexto, descontextualizado, descontextualizada, exagerado, exagerada
        impreciso, imprecisa, verdad a medias, verdadero pero
        trompeur, trompeuse, contexte, exagéré, exagérée, imprécis, à nuancer, vrai mais
        enganoso, enganosa, distorcido, desatualizado, não é bem assim, verdadeiro mas
        fuorviante, ingannevole, contesto, decontestualizzato, esagerato, vero ma, c'eri quasi
        misleidend, overdreven, verouderd, onvolledig, onnauwkeurig
        भ्रामक, संदर्भ, अर्धसत्य, आधा सच
        مضلل, مضللة, سياق, السياق, مبالغ, مجتزأ, نصف حقيقة
        """,
    "unproven": """
        unproven, unproved, unverified, unsupported, unsubstantiated, unconfirmed, unverifiable
        unknown, undetermined, unclear, inconclusive, disputed, no evidence, lacks evidence
        insufficient evidence, not enough evidence, not enough info, not proven, not verified
        not confirmed, not supported, research in progress
        unbelegt, unbewiesen, unklar, unbestätigt, nicht belegt, nicht bewiesen, nicht bestätigt
        keine belege, keine beweise, nicht überprüfbar
        sin pruebas, sin evidencia, sin evidencias, no hay pruebas, no hay evidencia, no probado
        no verificado, no confirmado, inverificable, dudoso
        non prouvé, non prouvée, non vérifié, invérifiable, pas de preuve, pas de preuves
        sans preuve, sans preuves, aucune preuve, incertain
        sem provas, sem evidência, sem evidências, não há provas, não há evidências
        não comprovado, não verificado, insustentável, cedo para dizer
        senza prove, nessuna prova, non provato, non verificato, non verificabile, incerto
        onbewezen, onduidelijk, onbevestigd, niet bewezen, geen bewijs
        असत्यापित, अप्रमाणित, अपुष्ट, कोई सबूत नहीं, कोई प्रमाण नहीं
        غير مؤكد, غير مؤكدة, غير مثبت, غير مثبتة, لا دليل, لا يوجد دليل, بدون دليل, لا أدلة
        """,
    "partly": """
        half, partly, partially, not entirely, not quite, not completely, not fully
        teilweise, teils, halb, zum teil, nicht ganz
        parcialmente, en parte, a medias, medio, no del todo
        partiellement, en partie, à moitié, pas tout à fait
        em parte, meio, não totalmente
        parzialmente, in parte, non del tutto
        deels, gedeeltelijk, niet helemaal
        आंशिक, आंशिक रूप से, आधा
        جزئيا, جزئي, جزئية, نصف
        """,
    "mostly": """
        mostly, largely, mainly
        größtenteils, überwiegend, weitgehend
        mayormente, mayoritariamente, en su mayoría
        plutôt, majoritairement, en grande partie
        majoritariamente, em grande parte
        in gran parte, prevalentemente
        grotendeels
        ज्यादातर, अधिकतर, काफी हद तक
        غالبا, معظمه, في الغالب
        """,
    "barely": "barely, hardly, kaum, apenas, à peine, a malapena, nauwelijks",
    "not": """
        not, isnt, nicht, no es, no son, pas, non, não, niet, नहीं, غير, ليس, ليست
        """,
    "mostly true": "one pinocchio",
    "mostly false": "three pinocchios",
    "speaker": "flip, flop",
}

_WORD = re.compile(r"[^\s\-–—_/.,;:!?…()\[\]{}\"«»„“”&|+*#]+")


def verdict_ruling(verdict: str) -> Ruling | None:
    """Return what a verdict comes down to, None where it is empty or says something else.

    "Mostly false" is false and "mostly true" is true; "half true", "barely true", "misleading" and
    "missing context" are mixed.
    """
    found = _verdict_meanings(verdict[:MAX_VERDICT_CHARACTERS])
    if "speaker" in found:
        return None
    if "unproven" in found:
        return "unproven"
    if {"true", "false"} <= found:
        return "mixed"
    if "false" in found:
        return "mixed" if "partly" in found else "false"
    if "true" in found:
        return "mixed" if found & {"partly", "barely", "mixed"} else "true"
    return "mixed" if found & {"mixed", "partly", "barely", "mostly"} else None


def verdict_degree(verdict: str) -> int | None:
    """Return how true a verdict calls a claim, from 0 (false) to 4 (true); None: it does not say.

    1 is mostly false or barely true, 2 mixed, 3 mostly true.
    """
    found = _verdict_meanings(verdict[:MAX_VERDICT_CHARACTERS])
    match verdict_ruling(verdict):
        case "true":
            return 3 if "mostly" in found else 4
        case "false":
            return 1 if "mostly" in found else 0
        case "mixed":
            return 1 if "barely" in found else 2
        case _:
            return None


def has_verdict_words(text: str) -> bool:
    """Return whether a sentence has words that verdicts are made of: false, misleading, correct.

    Those that stand in any sentence, such as "mostly", "right" and "confirmed", are left out.
    """
    said = tuple(word for word in _verdict_words(text) if word not in _COMMON)
    return any(meanings & _RULINGS for meanings in _phrases_in(said))


def has_negation(text: str) -> bool:
    """Return whether a sentence denies something: not, no, never, in the languages of the table."""
    said = _verdict_words(text)
    return not _DENIALS.isdisjoint(said) or any("not" in found for found in _phrases_in(said))


def _verdict_words(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text``.

    The tokeniser's words end at the vowel signs of Indian scripts; these hold them.
    """
    return tuple(_WORD.findall(fold(text).replace("'", "").replace("’", "")))


def _verdict_phrases() -> dict[tuple[str, ...], frozenset[str]]:
    """Return the meanings of each phrase of the table, by its folded words."""
    return {
        _verdict_words(phrase): frozenset(
            meaning.split() if meaning.startswith("mostly ") else [meaning]
        )
        for meaning, listed in _TABLE.items()
        for phrase in re.split(r"[,\n]", listed)
        if phrase.strip()
    }


_RULINGS = frozenset({"true", "false", "mixed", "unproven"})
_COMMON = frozenset(
    "confirmed supported real right context verified altered mixed fiction unknown disputed"
    " outdated unclear bestätigt belegt echt kontext confirmado confirmada contexto confirmé"
    " contexte exact fato confermato contesto juist bevestigd".split()
)
_DENIALS = frozenset(
    "no never neither nor without cannot cant didnt doesnt dont wasnt werent arent hasnt havent"
    " hadnt wont wouldnt couldnt shouldnt kein keine keinen keiner nie niemals ningún ninguna nunca"
    " jamais aucun aucune nenhum nenhuma nessun nessuna mai geen nooit".split()
)
_PHRASES = _verdict_phrases()
_MAX_PHRASE_WORDS = max(map(len, _PHRASES))


@lru_cache(maxsize=4_096)  # an archive has few verdicts, and each is read again and again
def _verdict_meanings(verdict: str) -> frozenset[str]:
    """Return the meanings of the phrases in a verdict, negated ones replaced."""
    return frozenset().union(*_negated_verdict(_phrases_in(_verdict_words(verdict))))


def _phrases_in(said: tuple[str, ...]) -> list[frozenset[str]]:
    """Return the meanings of each phrase of the table in some words, none for another word."""
    found: list[frozenset[str]] = []
    start = 0
    while start < len(said):
        size = next(
            (n for n in range(_MAX_PHRASE_WORDS, 0, -1) if said[start : start + n] in _PHRASES), 0
        )
        found.append(_PHRASES[said[start : start + size]] if size else frozenset())
        start += max(size, 1)
    return found


def _negated_verdict(found: list[frozenset[str]]) -> list[frozenset[str]]:
    """Return ``found`` with each "not" applied: not true is false, not false says nothing.

    What is negated follows within ``_NEGATION_REACH`` words, or else stands right before, as in
    German and Dutch ("stimmt nicht") and Hindi.
    """
    found = list(found)
    for i, meanings in enumerate(found):
        if "not" not in meanings:
            continue
        around = [*range(i + 1, min(len(found), i + 1 + _NEGATION_REACH)), i - 1]
        for k in around:
            if k >= 0 and found[k] & {"true", "false", "mixed"}:
                found[k] = frozenset({"false"}) if "true" in found[k] else frozenset()
                break
    return found
