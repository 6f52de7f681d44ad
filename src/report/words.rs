//! Numbers in sentences that people read.

use std::fmt::Display;

/// So many of something: `1 image`, `2 images`.
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        assert_eq!(counted(1_usize, "image"), "1 image");
        assert_eq!(counted(0_u64, "image"), "0 images");
        assert_eq!(counted(2_i64, "image"), "2 images");
    }
}
