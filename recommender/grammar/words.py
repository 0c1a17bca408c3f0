"""Closed lists of English words that the question grammar relies on."""

from __future__ import annotations

FULL_FORMS = {
    "am": "am", "is": "is", "are": "are", "was": "was", "were": "were", "'re": "are",
    "has": "has", "have": "have", "had": "had", "'ve": "have",
    "do": "do", "does": "does", "did": "did",
    "can": "can", "ca": "can", "could": "could", "will": "will", "wo": "will", "'ll": "will",
    "would": "would", "may": "may", "might": "might", "must": "must", "shall": "shall",
    "should": "should",
}  # fmt: skip
"""Finite auxiliaries, contracted or not, to their full forms."""

PRONOUNS = frozenset(
    """i me my mine we us our ours you your yours he him his she her hers it its they them their
    theirs this that these those which who what one some many most others all both such such
    another none everyone someone anyone here there""".split()
)
OWN_VOICE = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself im ive".split()
)
NEGATIVE = frozenset(
    "not n't never no none nobody nothing neither nor cannot without hardly barely".split()
) - {"without"}
UNSAFE_NEGATION = frozenset(
    "only just necessarily all every everyone everything more less quite exactly because".split()
)
"""After "not", these keep part of the sense: without the negation the question is another."""

SAYING = frozenset(
    """say claim allege argue contend assert insist maintain charge declare state suggest
    believe warn boast note""".split()
)
INTRANSITIVE = frozenset(
    """die rise fall drop increase decrease decline grow shrink double triple go come arrive happen
    occur vote work live stay remain serve resign retire return run rank exist begin end start
    stop speak lie appear disappear vanish emerge escape flee drown collapse crash burn explode
    win lose lead attend visit agree disagree apologize apologise campaign rely depend
    belong result originate consist contribute respond react testify graduate lobby
    last cost change improve worsen soar plummet surge peak shift move
    talk fight tank plunge sit stand walk drive count struggle succeed fail refuse try plan
    seek want hope promise decide choose continue attempt pledge vow threaten tend manage intend
    argue participate cooperate collaborate compete negotiate perform look sound seem feel
    act behave reply lag trail sleep cry dance sing pray laugh kneel protest march riot gather
    flock migrate emigrate immigrate retreat withdraw surrender convert play swim fly land sail
    erupt break dip slip slide climb jump rebound recover expire age evolve expand spread matter
    apply enlist enroll study teach balk call push help say tell
    travel meet marry divorce survive suffer benefit profit""".split()
)
"""Verbs whose past tense needs no object, so that it is no participle without its auxiliary."""

STATIVE = frozenset(
    """have mean cause contain need cost know support own believe want require include work pay
    kill prevent protect help cure treat reduce increase raise lower lead rank 
    receive allow live exist come depend belong oppose favor favour
    produce consume account represent carry spread affect damage harm boost
    improve weaken violate apply qualify deserve
    fund employ earn export import outnumber exceed contribute remain seem say think""".split()
)
"""Verbs whose present tense in a headline states what holds, not what happened."""
