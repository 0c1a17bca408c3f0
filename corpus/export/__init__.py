"""How does an archive leave in a form that other programs read, and what does that form lose?"""

from corpus.export.writer import FORMATS, Exported, export_articles

__all__ = ["FORMATS", "Exported", "export_articles"]
