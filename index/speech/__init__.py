"""How news text says who speaks: the words, phrases, quotations and cues that `index.speakers` reads."""
