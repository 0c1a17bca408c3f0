"""Is this question fit to be shown?"""

from recommender.wording.checks import check_form, check_wording
from recommender.wording.flags import Fault, Flag
from recommender.wording.review import false_claim_to_review, review_wording

__all__ = [
    "Fault",
    "Flag",
    "check_form",
    "check_wording",
    "false_claim_to_review",
    "review_wording",
]
