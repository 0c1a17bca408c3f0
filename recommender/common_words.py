"""English words that tell nothing about a topic: two texts that share only these share no topic."""

from __future__ import annotations

COMMON: tuple[str, ...] = tuple(
    """able accept account act actually add affect age ago allow almost alone
    already although always amount another answer anyone anything appear apply ask average away
    back bad based become begin behind believe best better big bring call came cannot case cause
    cent century certain chance change claim clear close come common compare consider contain
    continue control correct cost count country create current cut daily date day deal decide
    decline depend describe develop difference different do done early easy effect either else
    end enough entire especially ever every everyone everything evidence exact example exist
    expect explain face fact fall far fast feel few figure find first five follow form found
    four free full further future gain general get give given go good great group grow half hand
    happen hard harm hear help hide high hold hour house however hundred idea important include
    increase inside instead involve issue job keep kept kind know known large last late later
    lead learn least leave led left less let level life like likely limit line list little live
    long look lose lost lot low made main make man many matter may mean measure meet member men
    method might mile million mind minute miss modern moment month more most mostly move much
    must name national natural near nearly need never new next night nine nobody nothing number
    offer often old one open order original others outside part particular past pay people per
    percent perform period person place plan play point popular possible power present prevent
    previous probably problem process produce proof protect prove provide public publish put
    question quick quite raise rate rather reach read real really reason receive recent record
    reduce regular remain report require research rest result return right rise risk role rule
    run safe said say second see seem seen sense serve set seven several shape share shop short
    show side sign similar simple since single six size slow small someone something soon sort
    source special spend spread stand start state stay step still stop strong study subject such
    support sure surface system take taken talk tell ten term test than thing think third
    thought thousand three time today together told took top total toward treat tried true try
    turn twice two type typical under understand unit unusual use used usual value various
    versus view want watch way week well went whether whole wide without woman women wonder word
    work world worse worst worth write wrong year yearly yes yet young zero""".split()
)
