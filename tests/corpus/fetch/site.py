"""A web site on this machine: real HTTP, with answers that a test writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Answer:
    """What a path answers; an ``etag`` is compared with the request's."""

    body: bytes | str = b""
    kind: str = "text/html"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""


Page = Answer | Callable[[str], Answer]


class Site:
    """Paths and what they answer; ``asked`` are the paths of all requests, in their order."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    def put(self, path: str, body: bytes | str, kind: str = "text/html", etag: str = "") -> str:
        """Answer a path with a body; return its address."""
        self.pages[path] = Answer(body, kind, etag=etag)
        return self.url + path

    def times(self, path: str) -> int:
        """Return how often a path was asked."""
        return self.asked.count(path)


def article_page(
    headline: str, words: str = "Trams have no wings, and stay on their rails."
) -> str:
    """Return a page with an article."""
    text = "".join(f"<p>{words} Part {n} of the answer says why, with figures.</p>" for n in "123")
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title></head>"
        f"<body><article><h1>{headline}</h1>{text}</article></body></html>"
    )


def sitemap(*entries: tuple[str, str]) -> str:
    """Return a sitemap of addresses and when they changed."""
    rows = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def rss(*entries: tuple[str, str, str]) -> str:
    """Return a feed of addresses, titles and texts."""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><description>{text}</description></item>"
        for url, title, text in entries
    )
    return f"<rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>"


@contextmanager
def running_site() -> Iterator[Site]:
    """Yield a site that answers on 127.0.0.1 until the end of the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({k.lower(): v for k, v in self.headers.items()})
            page = site.pages.get(self.path) or site.pages.get(self.path.partition("?")[0])
            found = page(self.path) if callable(page) else page
            answer = found or Answer("nothing here", status=404)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            status = answer.status
            if answer.etag and self.headers.get("If-None-Match") == answer.etag:
                status, body = 304, b""
            self.send_response(status)
            if answer.etag:
                self.send_header("ETag", answer.etag)
            self.send_header("Content-Type", answer.kind)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
