"""Which articles are related to this article, and how?"""

from recommender.related.finder import RelatedFinder, comparable_text
from recommender.related.profile import Profile, dice_of_profiles
from recommender.related.relations import same_claim

__all__ = ["Profile", "RelatedFinder", "comparable_text", "dice_of_profiles", "same_claim"]
