"""What are the lists of a whole archive like?"""

from recommender.report.report import Report, summarise_report
from recommender.report.tallies import Tally

__all__ = ["Report", "Tally", "summarise_report"]
