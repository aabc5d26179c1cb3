"""TF-IDF of words (1–2) and letters within words (2–5) with a linear SVM: scikit-learn as its guide shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bench.intents import Fit, Label, Row
from bench.peers.nearest import bare
from bot.understanding.text import normalise, tokens

SEED = 2026


def _fit(rows: Sequence[Row], read: Callable[[str], str]) -> tuple[Label, None]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(
        preprocessor=read, tokenizer=tokens, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
    )
    letters = TfidfVectorizer(preprocessor=read, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    chain = make_pipeline(make_union(words, letters), LinearSVC(random_state=SEED))
    chain.fit([text for text, _ in rows], [label for _, label in rows])
    return lambda text: str(chain.predict([text])[0]), None


METHODS: dict[str, Fit] = {
    "TF-IDF + linear SVM": partial(_fit, read=normalise),
    "TF-IDF + linear SVM, marks off": partial(_fit, read=bare),
}
