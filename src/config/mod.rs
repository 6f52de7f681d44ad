//! The configuration: authored text to checked values.
