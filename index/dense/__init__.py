"""Which vector has this text, and which vectors are near to it?"""

from index.dense.encoder import Encoder
from index.dense.encoding_cache import EncodingCache
from index.dense.int8_vectors import Int8Vectors
from index.dense.load_encoder import EncoderUnavailable, load_encoder
from index.dense.static_embeddings import StaticEmbeddings, load_static_embeddings

__all__ = [
    "Encoder",
    "EncoderUnavailable",
    "EncodingCache",
    "Int8Vectors",
    "StaticEmbeddings",
    "load_encoder",
    "load_static_embeddings",
]
