"""What `python -m tests.check_docs` knows about the documents. Each check takes the root of a checkout and answers with sentences, one a fault."""
