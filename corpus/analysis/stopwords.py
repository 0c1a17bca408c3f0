"""English word lists: stop words, common words, question words, auxiliaries, negations.

All words are folded as ``corpus.analysis.tokenizer.words`` gives them: lower case, no apostrophes.
"""

from __future__ import annotations

STOPWORDS: frozenset[str] = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each few for from
    further had has have having he her here hers herself him himself his how i if in into is it
    its itself just me more most my myself no nor not now of off on once only or other our ours
    ourselves out over own same she should so some such than that the their theirs them themselves
    then there these they this those through to too under until up very was we were what when
    where which while who whom why will with would you your yours yourself yourselves im ive id
    youre youve hes shes theyre weve dont doesnt didnt isnt arent wasnt werent cant couldnt wont
    wouldnt shouldnt havent hasnt hadnt thats whats theres rt via amp
    s t re ve ll aren couldn didn doesn hadn hasn isn shouldn wasn weren wouldn""".split()
)
"""English words too common to tell articles apart: dropped from queries, never from the index.

The last line is what is left of "didn't" and "they've" where the apostrophe was lost; don, won and
haven are words of their own.
"""

COMMON_WORDS: tuple[str, ...] = tuple(
    """able accept account act actually add affect age ago allow almost alone already although
    always amount another answer anyone anything appear apply ask average away back bad based
    become begin behind believe best better big bring call came cannot case cause cent century
    certain chance change claim clear close come common compare consider contain continue
    control correct cost count country create current cut daily date day deal decide decline
    depend describe develop difference different done early easy effect either else end enough
    entire especially ever every everyone everything evidence exact example exist expect
    explain face fact fall far fast feel figure find first five follow form found four free
    full future gain general get give given go good great group grow half hand happen hard
    harm hear help hide high hold hour house however hundred idea important include increase
    inside instead involve issue job keep kept kind know known large last late later lead
    learn least leave led left less let level life like likely limit line list little live
    long look lose lost lot low made main make man many matter may mean measure meet member
    men method might mile million mind minute miss modern moment month mostly move much must
    name national natural near nearly need never new next night nine nobody nothing number
    offer often old one open order original others outside part particular past pay people per
    percent perform period person place plan play point popular possible power present prevent
    previous probably problem process produce proof protect prove provide public publish put
    question quick quite raise rate rather reach read real really reason receive recent record
    reduce regular remain report require research rest result return right rise risk role rule
    run safe said say second see seem seen sense serve set seven several shape share shop
    short show side sign similar simple since single six size slow small someone something
    soon sort source special spend spread stand start state stay step still stop strong study
    subject support sure surface system take taken talk tell ten term test thing think third
    thought thousand three time today together told took top total toward treat tried true try
    turn twice two type typical understand unit unusual use used usual value various versus
    view want watch way week well went whether whole wide without woman women wonder word work
    world worse worst worth write wrong year yearly yes yet young zero""".split()
)
"""Words of general English: two texts that share only these and stop words share no topic."""

QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
"""Interrogative words, which ask for more than yes or no."""

AUXILIARIES = frozenset(
    "am is are was were do does did has have had can could may might must shall should will "
    "would".split()
)
"""Finite auxiliary and modal verbs; at the start of a sentence they ask for yes or no."""

NEGATIVE_CONTRACTIONS = frozenset(
    "isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt cant couldnt wont wouldnt "
    "shouldnt mustnt".split()
)
"""Auxiliaries contracted with "not", without their apostrophe."""

NEGATIONS = frozenset("no non not never none without cannot".split()) | NEGATIVE_CONTRACTIONS
"""Words that turn a statement into its opposite."""
