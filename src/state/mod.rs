//! What is stored between runs.
