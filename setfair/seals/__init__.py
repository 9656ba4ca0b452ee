"""Floor 6b: by what a programme says that a paper is its own: a key under the vault, and a certificate that anybody may have."""
