//! CLAPI-C: the feed of licence purchase transactions.
