"""Home visits to young families, recorded without a network and followed until a referral is answered."""
