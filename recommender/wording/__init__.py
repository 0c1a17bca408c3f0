"""Is this question fit to be shown?"""

from recommender.wording.checks import flags, well_formed
from recommender.wording.flags import Fault, Flag
from recommender.wording.review import false_claim, faults

__all__ = ["Fault", "Flag", "false_claim", "faults", "flags", "well_formed"]
