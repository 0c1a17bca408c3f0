"""Which questions make one list, which lists one page, and why is each entry there?"""

from recommender.suggestions.bans import Bans
from recommender.suggestions.candidates import CandidateSource, QuestionCandidate
from recommender.suggestions.page_plan import PageLimits, plan_page
from recommender.suggestions.selection import ListFilter
from recommender.suggestions.stored import StoredSuggestions

__all__ = [
    "Bans",
    "CandidateSource",
    "ListFilter",
    "PageLimits",
    "QuestionCandidate",
    "StoredSuggestions",
    "plan_page",
]
