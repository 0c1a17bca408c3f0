"""Which articles are related to this article, and how?"""

from recommender.related.finder import RelatedFinder, text_to_find_related
from recommender.related.profile import Profile, dice_of_profiles
from recommender.related.relations import same_claim

__all__ = ["Profile", "RelatedFinder", "dice_of_profiles", "same_claim", "text_to_find_related"]
