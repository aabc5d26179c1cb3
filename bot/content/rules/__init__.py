"""The rules of `check`: one rule, one function, one code. What they say is Vietnamese, for editors."""
