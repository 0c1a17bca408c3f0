"""What happens to every request before and after its route?"""

from api.server.methods import MethodsMiddleware
from api.server.middleware import RequestGuardMiddleware, security_headers
from api.server.observing import Metrics, ObservingMiddleware

__all__ = [
    "MethodsMiddleware",
    "Metrics",
    "ObservingMiddleware",
    "RequestGuardMiddleware",
    "security_headers",
]
