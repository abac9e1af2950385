"""The referral letter: what it says, as plain data, and how it looks, as PDF bytes."""
