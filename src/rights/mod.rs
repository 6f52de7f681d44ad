//! May we, until when, how often, and why.
