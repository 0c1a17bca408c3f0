"""What may the person be typing?"""

from index.autocomplete.completions import CompletionEntry, CompletionIndex, completions_of

__all__ = ["CompletionEntry", "CompletionIndex", "completions_of"]
