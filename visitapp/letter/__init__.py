"""The referral letter: facts in, plain content out, and from the content the bytes of a PDF."""
