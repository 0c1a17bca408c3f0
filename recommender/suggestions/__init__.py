"""Which questions make one list, and why is each of them there?"""

from recommender.suggestions.candidates import CandidateSource, QuestionCandidate
from recommender.suggestions.selection import ListFilter
from recommender.suggestions.stored import MAX_STORED, StoredSuggestions

__all__ = ["MAX_STORED", "CandidateSource", "ListFilter", "QuestionCandidate", "StoredSuggestions"]
