"""Which articles does this JSON hold: of schema.org, of an interface, of a site's export?"""

from corpus.readers.json_documents.claim_review import claim_reviews, review_fields
from corpus.readers.json_documents.document import read_json
from corpus.readers.json_documents.objects import located_object

__all__ = ["claim_reviews", "located_object", "read_json", "review_fields"]
