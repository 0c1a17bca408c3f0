"""What a reader should see next: follow-up questions and related articles."""
