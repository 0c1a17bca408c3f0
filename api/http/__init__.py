"""What does the JSON API take and give?"""

from api.http.errors import ApiError, error_responses
from api.http.routes import router
from api.server.middleware import RequestGuardMiddleware

__all__ = ["ApiError", "RequestGuardMiddleware", "error_responses", "router"]
