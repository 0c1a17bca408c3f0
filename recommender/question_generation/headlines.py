"""What a headline states: cleaned text, cut into the clause that is checked and who says it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from corpus.analysis.tokenizer import words

MAX_SPEAKER = 9  # words of "Governor Jane Roe of Ohio says …"
MIN_CLAUSE = 3  # words of a clause


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause to be turned.

    ``said``: somebody says it; ``denied``: the headline opens with No; ``shown``: it is what a
    picture is said to show; ``past``: its present tense is a headline's. ``speaker`` is the name of
    who says it, "" where it is none or not known; ``who`` and ``verb`` are the headline's words for
    who says it, ``statement`` all of it. ``reported``: from a
    sentence of the text, not from a headline. ``medium``: the picture that is shared as what
    ``text`` ends with, ``content``.
    """

    text: str
    said: bool = False
    denied: bool = False
    speaker: str = ""
    shown: bool = False
    past: bool = False
    who: str = ""
    verb: str = ""
    statement: str = ""
    reported: bool = False
    medium: str = ""
    content: str = ""


def cleaned_headline(text: str) -> str:
    """Return ``text`` without mark-up, odd spaces and doubled quotation marks."""
    text = html.unescape(html.unescape(text))
    text = re.sub(r"<[^<>]{1,80}>|[\u200b-\u200f\ufeff\u2060]", "", text)
    text = re.sub(r"''|``|„|«|»", '"', text)
    # As parsers read it; \u00b4 is the acute accent.
    text = re.sub(r"(?<=\w)[`\u00b4’](?=\w)|(?<=s)’(?= [a-z])(?![^‘]*’)", "'", text)
    text = re.sub(r"(?<=[\w.,!?])“(?=$|[\s.,?])", "”", text)
    return " ".join(text.split())


_VERDICT_SENTENCE = re.compile(
    r"\b(true|false|fake|wrong|hoax|satire|misleading|fact|facts|claim|mostly|know|right|"
    r"why|how|what|here|explain\w*|context|evidence|not so|says? so|records?)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[a-z0-9\"”’'%)][.!?])\s+(?=[\"“‘']?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gov|Sen|Rep|Reps|Sens|Gen|Lt|Col|Prof|No|vs|v|Inc|Co|Mt|Ft|Sgt|"
    r"Calif|Fla|Tex|Wis|Ill|Mass|Conn|Penn|Ariz|Colo|Mich|Minn|Va|Ga|La|Rs|Jan|Feb|Aug|Sept|Oct|"
    r"Nov|Dec|[A-Z])\.$"
)


def headline_sentences(text: str) -> list[str]:
    """Return the sentences of ``text``; an abbreviation ends none."""
    found: list[str] = []
    for part in _SENTENCES.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


_NO = re.compile(r"^(?:no|nope|nein)\s*[,;:.!–—]+\s*", re.IGNORECASE)
_VOCATIVE = re.compile(r"^(?:[A-Z][\w.’'-]+ ?){1,3}, (?=[a-z0-9])")
_YES = re.compile(r"^(?:yes|yep|it['’]s true|true)\s*[,;:.!–—]+\s*", re.IGNORECASE)
_SAYS = re.compile(
    rf"^(?P<who>(?:[^\s:;?!]+ ){{1,{MAX_SPEAKER}}}?)(?P<verb>says?|said|claims?|claimed|alleges?|"
    rf"argues?|"
    r"asserts?|contends?|insists?|maintains?|suggests?|declares?|states|charges|believes|tweets)"
    r",? (?:that )?(?P<claim>.+)$"
)
_ADVERB = re.compile(
    r",? (?:falsely|wrongly|incorrectly|mistakenly|misleadingly|rightly|correctly|accurately|again|"
    r"repeatedly|weakly|still|now)$"
)
_SAYS_LAST = re.compile(
    r"^(?P<claim>.+?)[,”\"’']+ (?P<who>(?:[^\s:;?!,]+ ){1,8})(?:says?|said|claims?|claimed)$"
)
_NOT_WHO = re.compile(
    r"\b(who|which|that|not|n['’]t|never|and then|what|why|how|if|when|because|they|he|she|it|we|"
    r"i|you|to|is|are|was|were|did|does|makes?|made|repeats?|repeated|backs?|with|about|omits?)\b|"
    r"n['’]t\b|(?:['’]s|s['’])(?: [\w-]+)*$",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"^(?:there(?:['’]s| is| was)? )?(?:still )?no (?:\w+ )?(?:evidence|proof|sign|indication) "
    r"(?:that |(?=[A-Za-z][\w.'-]+ (?!of|for|in|to|on|against|linking|behind))(?!of|for|to|in|"
    r"behind|against|on|linking|supporting|from)|to (?:suggest|show|support|"
    r"prove) (?:that )?)(?P<claim>.+)$",
    re.IGNORECASE,
)
_CLAIM_IS = re.compile(
    r"^(?:the |a |viral |false |fake |old )*(?:claim|claims|rumou?rs?|allegations?|posts?|"
    r"reports?|stor(?:y|ies)|"
    r"messages?|hoax|theory|theories|suggestions?)(?: (?:claiming|saying|suggesting|"
    r"alleging))? that (?P<claim>.+?)"
    r"(?:,? (?:is|are|was|were|has been|have been) (?:\w+ )?"
    r"(?:false|untrue|fake|wrong|misleading|baseless|unfounded|incorrect|debunked|a hoax|hoax|"
    r"not true|unproven|"
    r"without evidence))$",
    re.IGNORECASE,
)
_VIRAL = re.compile(
    r"(?<!go )(?<!goes )(?<!gone )(?<!going )(?<!went )\bviral (?=\w)(?!as\b|on\b|in\b|with\b|"
    r"after\b|for\b|amid\b)",
    re.I,
)
_ASKED = re.compile(r"^[\"“‘']?([^?.!:]{20,140})\?")
_OPENS_QUESTION = re.compile(
    r"^\W*(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|may|might|"
    r"must|who|"
    r"whom|whose|what|which|when|where|why|how|in|on|at|so|if)\b|^[^?]*\b(?:what|how|why|or not)\b",
    re.IGNORECASE,
)
_WRONG_THAT = re.compile(
    r"^(?P<who>[\w][\w.’' -]{2,40}?) (?:is |was )?(?:mostly |half |partly |partially |largely )?"
    r"(?:(?:wrong|right|correct|incorrect|accurate|off|on target|off base|off target)"
    r"(?: that|(?: in| when)? (?:saying|claiming|stating)(?: that)?| when (?:he|she) (?:says|"
    r"said)(?: that)?)|(?:goes too far|misses|errs|overstates|overreaches|on target|on point)"
    r"(?: in| when| by)? (?:saying|claiming|(?:he|she) (?:says|claims))(?: that)?) (?P<claim>.+)$"
)
_BY_SAYING = re.compile(
    r"^(?P<who>[\w][\w.’' -]{2,40}?) (?:\w+ ){1,5}?(?:by|in|when|for) "
    r"(?:saying|claiming|stating|suggesting|arguing|asserting) (?:that )?(?P<claim>.+)$"
)
_NOUN_THAT = re.compile(
    r"^(?:(?P<who>[A-Z][\w. -]{2,30}?)['’]s )?(?:.{0,70}? )?(?:claims?|stor(?:y|ies)|reports?|"
    r"posts?|rumou?rs?|hoax|news|messages?|theory|lie|falsehood) "
    r"(?:that|(?<=claim )(?!about|on|of|is|was|by|from|to|in|for|with|against|over|as|and|goes)"
    r"(?=[\w$]+ )|claiming(?: that)?|saying(?: that)?|alleging(?: that)?) (?P<claim>.+)$",
    re.IGNORECASE,
)
_SHARED_AS = re.compile(
    r"(?P<medium>photo|photos|picture|pictures|image|images|video|videos|photograph|photographs|"
    r"clip|clips|footage|pic|pics|visuals)\b"
    r".*? (?:(?:falsely |wrongly |widely )?(?:shared|passed off|peddled|spun|viral|circulated|"
    r"revived|passed|portrayed|used|floated|going viral|goes viral|resurfaces)"
    r"(?: online| on social media| on facebook| on twitter)? as(?: that of| that)?|"
    r"(?:claims?|claimed|claiming|purport\w*|said) to (?:be of|show)) (?P<shown>.+)$",
    re.IGNORECASE,
)
_SHARES_AS = re.compile(
    r"\b(?:shares?|tweets?|posts?|uses?|pass(?:es)? off) (?:[\w-]+[ ,]+){0,4}"
    r"(?P<medium>photos?|pictures?|images?|videos?|clips?|footage)\b.*? as (?P<shown>.+)$",
    re.IGNORECASE,
)
_OF_PICTURE = re.compile(
    r"^['‘\"“]?(?P<noun>photo|photograph|picture|image|video|footage)(?P<s>s?)['’\"”]? of "
    r"(?P<shown>(?:(?!\b(?:is|are|was|were|shared|viral|goes|being shared|not|false|fake|real|old|"
    r"from|resurfaces|revived|peddled|passed|portrayed|used|linked|falsely|edited|shows?|does|do|has|have|circulat\w+)\b).)+)$",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"\b(?:is|was) (?:\w+ )?(?:right|wrong|correct|incorrect)$|^it['’]s true$", re.I
)
_NOT_TRUE = re.compile(
    r"^it(?:['’]s| is) (?:not true|untrue|false|fake news|a myth|a hoax|a lie|"
    r"true)(?: that)? (?P<claim>.+)$",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"^(?:[\w-]+ ){0,3}(?:ad|e-?mail|post|meme|blog|message|mailer|flier|flyer)$", re.IGNORECASE
)
_COLON = re.compile(r"^(?P<left>[^:]{2,80}): (?P<right>.+)$")


def headline_clauses(headline: str) -> list[Clause]:
    """Return the clauses that a headline in sentence case states, the surest first."""
    return [
        replace(c, text=headline_without_open_quotes(unquoted_headline(c.text)))
        for c in _headline_clauses(headline)
    ]


def _headline_clauses(headline: str) -> list[Clause]:  # noqa: C901
    text = _VIRAL.sub("", headline.strip().rstrip(".").strip())
    if (match := _ASKED.match(text)) and not _OPENS_QUESTION.match(text):
        return [Clause(match.group(1), said=True, past=True)]
    denied = _NO.match(text) is not None
    text = _VOCATIVE.sub("", _YES.sub("", _NO.sub("", text))) if denied else _YES.sub("", text)
    parts = headline_sentences(text)
    if len(parts) > 1:
        stating = [p for p in parts if not _VERDICT_SENTENCE.search(p) or len(words(p)) > 9]
        if _SAYS.match(parts[0]) or denied:
            stating = parts
        elif len(stating) != 1:
            return []
        text = stating[0].rstrip(".").strip()
    found = []
    if match := _OF_PICTURE.match(text):
        noun, plural = match["noun"].lower(), match["s"]
        article = "" if plural else _with_article_in_headline(noun)
        shown = f"{article}{noun}{plural} {'do' if plural else 'does'} not show"
        return [
            Clause(
                f"{shown} {unquoted_headline(match['shown'])}",
                said=True,
                shown=True,
                medium=noun + plural,
                content=match["shown"],
            )
        ]
    if (match := _EVIDENCE.match(text)) or (match := _CLAIM_IS.match(text)):
        found.append(Clause(match["claim"], said=True))
        return found
    if match := _NOT_TRUE.match(text):
        return [Clause(match["claim"], said=True)]
    if match := _WRONG_THAT.match(text):
        return [Clause(match["claim"], said=True, speaker=_person_in_headline(match["who"]))]
    if match := _BY_SAYING.match(text):
        return [Clause(match["claim"], said=True, speaker=_person_in_headline(match["who"]))]
    if (match := _NOUN_THAT.match(text)) and not _VERDICT_TAIL.search(text):
        return [Clause(match["claim"], said=True, speaker=_person_in_headline(match["who"] or ""))]
    if match := _SHARED_AS.search(text) or _SHARES_AS.search(text):
        noun = match["medium"].lower()
        does = "do" if noun.endswith("s") else "does"
        article = "" if does == "do" or noun == "footage" else ("an " if noun[0] == "i" else "a ")
        noun = {"pic": "picture", "pics": "pictures", "visuals": "videos"}.get(noun, noun)
        return [
            Clause(
                f"{article}{noun} {does} not show {unquoted_headline(match['shown'])}",
                said=True,
                shown=True,
                medium=noun,
                content=unquoted_headline(match["shown"]),
            )
        ]
    if match := _COLON.match(text):
        left, right = match["left"], match["right"]
        if re.search(r"\bnot\b|n't\b", left, re.IGNORECASE):
            return []
        if re.search(r"\d$", left) and right[:1].isdigit():
            return []
        if _RIGHT.search(left):
            found.append(Clause(right, said=True))
        elif (_is_name_in_headline(left) or _MEDIUM.match(left)) and not _VERDICT_SENTENCE.search(
            left
        ):
            found.append(
                Clause(
                    unquoted_headline(right),
                    said=True,
                    past=False,
                    speaker=_person_in_headline(left),
                )
            )
        return found
    if (match := _SAYS.match(text)) and not _NOT_WHO.search(match["who"]):
        if not denied:
            who = _ADVERB.sub("", match["who"].strip())
            found.append(
                Clause(
                    match["claim"],
                    said=True,
                    speaker=_person_in_headline(who),
                    who=who,
                    verb=match["verb"],
                    statement=f"{who} {match['verb']} {match['claim']}",
                )
            )
        return found
    if (match := _SAYS_LAST.match(text)) and not _NOT_WHO.search(match["who"]):
        claim = match["claim"]
        found.append(
            Clause(
                unquoted_headline(claim),
                said=True,
                speaker=_person_in_headline(match["who"]),
                statement=text,
            )
        )
        return found
    found.append(Clause(text, denied=denied))
    return [c for c in found if len(words(c.text)) >= MIN_CLAUSE]


_VERDICT_TAIL = re.compile(
    r"\b(?:is|are|was|were|has been)(?:n['’]t| not)? (?:\w+ )?(?:false|untrue|fake|wrong|"
    r"misleading|baseless|"
    r"unfounded|incorrect|debunked|hoax|true|unproven|satire|without|not|no|a)\b.{0,40}$|"
    r"\b(?:distorts?|ignores?|lacks?|misleads?|goes|misses|leaves)\b",
    re.IGNORECASE,
)


def headline_without_open_quotes(text: str) -> str:
    """Return ``text`` without the marks of a quotation that opens it and ends inside."""
    for opening, closing in ("“”", '""', "‘’", "''"):
        if text[:1] == opening:
            end = re.search(rf"(?<=\w|[.,%]){re.escape(closing)}(?!\w)", text[1:])
            if end:
                return text[1 : end.start() + 1] + text[end.end() + 1 :]
    return text


def unquoted_headline(text: str) -> str:
    """Return ``text`` without one pair of quotation marks around all of it."""
    for opening, closing in ("“”", '""', "‘’", "''", "'’", "‘'"):
        inner = text[1:-1]
        if text[:1] == opening and text[-1:] == closing and opening not in inner and len(text) > 2:
            return inner.strip().rstrip(".,").strip()
    return text


def _with_article_in_headline(noun: str) -> str:
    return "" if noun == "footage" else ("an " if noun[0] == "i" else "a ")


def _is_name_in_headline(text: str) -> bool:
    said = text.split()
    named = [w[0].isupper() for w in said]
    return (len(said) <= 6 and any(named)) or (len(said) <= MAX_SPEAKER and all(named[-2:]))


def _person_in_headline(who: str) -> str:
    """Return ``who`` where it is a name that can stand for he or she, else ""."""
    said = who.strip().split()
    if 2 <= len(said) <= 5 and all(w[0].isupper() for w in said) and not said[0].isupper():
        return " ".join(said)
    if len(said) == 1 and said[0][0].isupper():
        return said[0]
    return ""
