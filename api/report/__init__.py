"""How is a report printed, and how is it written as a page?"""

from api.report.html import report_page
from api.report.text import print_report

__all__ = ["print_report", "report_page"]
