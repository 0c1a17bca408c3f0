"""What a request may do is asked of its connection, and refused with the way to get it."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from api.http.access import GRANTED, MAX_KEY_CHARACTERS, check_granted, secret_of_request
from api.http.errors import ApiError


def test_a_granted_scope_passes_and_a_connection_without_scopes_too() -> None:
    check_granted({GRANTED: frozenset({"read"})}, "read")
    check_granted({}, "write")


@pytest.mark.parametrize(("headers", "status"), [([], 401), ([(b"x-api-key", b"dd_x")], 403)])
def test_another_scope_is_refused(headers: list[tuple[bytes, bytes]], status: int) -> None:
    connection = {GRANTED: frozenset({"read"}), "headers": headers}
    with pytest.raises(ApiError) as refused:
        check_granted(connection, "write")
    assert refused.value.status_code == status


def test_a_key_is_bounded() -> None:
    assert len(secret_of_request(Headers({"x-api-key": "x" * 999}))) == MAX_KEY_CHARACTERS
