//! One file per flow: observed to desired.
