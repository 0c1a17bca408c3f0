"""Which forms that other programs already speak does the archive answer in?"""

from api.standards.claims_search import router as claims_router
from api.standards.site import router as site_router

__all__ = ["claims_router", "site_router"]
