//! Image files made from a seed.
