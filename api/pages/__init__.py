"""Which HTML pages do people see?"""

from api.pages.routes import error_page, page_routes

__all__ = ["error_page", "page_routes"]
