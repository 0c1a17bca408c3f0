"""XML files element by element, in bounded memory; entities and networks are not touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from corpus.readers.bytes_of_file import ReadError, readable


def xml_root(data: bytes) -> str:
    """Return the name of the root element in the beginning of a file; "" for no XML.

    It is in lower case and without its namespace.
    """
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, recover=True
    )
    try:
        parser.feed(data)
        for _, element in parser.read_events():
            return local_name(element).lower()
    except (etree.LxmlError, ValueError):
        pass
    return ""


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for a comment or instruction.

    Broken XML has names that lxml reads and that ``etree.QName`` refuses.
    """
    try:
        return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    except UnicodeDecodeError:  # of bytes that are no text
        return ""


def namespace(element: etree._Element) -> str:
    """Return the namespace of an element, "" where it has none."""
    try:
        tag = element.tag if isinstance(element.tag, str) else ""
    except UnicodeDecodeError:
        return ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def text_of(element: etree._Element) -> str:
    """Return the text of an element before its first child; "" for bytes that are no text."""
    try:
        return element.text or ""
    except UnicodeDecodeError:
        return ""


def xml_elements(path: Path, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """Yield each element of the given names (without namespace) when it is complete.

    It is emptied when the next one is asked for. A file that ends too early gives what stands
    before.

    Raises
    ------
    ReadError
        The file cannot be read, or is no XML at all.
    """
    n = 0
    with readable(path) as stream:
        try:
            found = etree.iterparse(
                stream,
                events=("end",),
                tag=tuple(f"{{*}}{name}" for name in names),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                recover=True,
                huge_tree=False,
            )
            for _, element in found:
                n += 1
                yield element
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
        except etree.LxmlError as error:
            line = getattr(error, "lineno", 0) or 0
            raise ReadError(
                str(path), f"the XML cannot be read ({error.msg})", "Export it again", line
            ) from error
