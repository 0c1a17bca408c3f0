"""What does the JSON API take and give?"""

from api.http.errors import ApiError, error_responses
from api.http.routes import router

__all__ = ["ApiError", "error_responses", "router"]
