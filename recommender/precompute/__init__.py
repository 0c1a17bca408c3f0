"""How are the lists of all articles computed at build time?"""

from recommender.precompute.build import build_suggestions
from recommender.precompute.worker import BuildInputs, Worker

__all__ = ["BuildInputs", "Worker", "build_suggestions"]
