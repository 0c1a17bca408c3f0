"""Inflection of English verbs: irregular past tenses by a list, the others by their ending."""

from __future__ import annotations

import re

_IRREGULAR = dict(
    pair.split("=")
    for pair in """say=said tell=told make=made take=took give=gave get=got go=went
    come=came see=saw know=knew think=thought find=found leave=left lose=lost win=won
    buy=bought sell=sold pay=paid send=sent spend=spent lend=lent build=built hold=held
    keep=kept meet=met lead=led feel=felt bring=brought catch=caught teach=taught fight=fought
    seek=sought write=wrote speak=spoke break=broke choose=chose steal=stole wear=wore
    tear=tore swear=swore drive=drove ride=rode rise=rose eat=ate fall=fell fly=flew draw=drew
    grow=grew throw=threw show=showed begin=began run=ran sing=sang swim=swam drink=drank
    sit=sat stand=stood understand=understood hear=heard have=had do=did sleep=slept
    sweep=swept shoot=shot strike=struck hide=hid bite=bit forget=forgot forgive=forgave
    become=became overcome=overcame cut=cut put=put let=let set=set hit=hit hurt=hurt
    cost=cost quit=quit shut=shut spread=spread bet=bet shed=shed burst=burst cast=cast
    split=split admit=admitted commit=committed permit=permitted submit=submitted omit=omitted
    ban=banned plan=planned stop=stopped drop=dropped rob=robbed grab=grabbed plot=plotted
    shop=shopped slap=slapped tap=tapped trap=trapped stab=stabbed beg=begged hug=hugged
    nod=nodded refer=referred prefer=preferred occur=occurred transfer=transferred
    defer=deferred snub=snubbed strip=stripped skip=skipped slip=slipped flip=flipped
    pin=pinned rig=rigged bar=barred scrap=scrapped kidnap=kidnapped swap=swapped dig=dug
    stick=stuck hang=hung flee=fled deal=dealt mean=meant lie=lied die=died wed=wed bid=bid
    rid=rid tip=tipped step=stepped wrap=wrapped chop=chopped expel=expelled compel=compelled
    rebel=rebelled control=controlled patrol=patrolled""".split()
)
_UNSURE = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")  # "step": doubled or not?


def past_tense(verb: str) -> str:
    """Return the past tense of a verb in its base form, "" where the rules are not sure."""
    low = verb.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if not low.isalpha() or low in {"be", "lay", "bear", "wind", "bind", "read", "beat"}:
        return ""
    if low.endswith("e"):
        return f"{low}d"
    if re.search(r"[^aeiou]y$", low):
        return f"{low[:-1]}ied"
    syllables = len(re.findall(r"[aeiouy]+", low))
    return "" if syllables == 1 and _UNSURE.search(low) else f"{low}ed"


def third_person(verb: str) -> str:
    """Return the third person singular of a verb in its base form."""
    low = verb.lower()
    if low in {"have", "be"}:
        return {"have": "has", "be": "is"}[low]
    if re.search(r"(?:s|x|z|ch|sh|o)$", low):
        return f"{low}es"
    return f"{low[:-1]}ies" if re.search(r"[^aeiou]y$", low) else f"{low}s"
