//! Made-up ISBNs that are valid: the check digit fits, and the registration group 979-9 is assigned
//! to nobody, so that none of them can be a real book's. Different numbers give different ISBNs.

/// How many there are: eight digits between the group and the check digit.
const SPACE: u64 = 100_000_000;
/// Coprime to `SPACE`, so that the numbers look random and never repeat.
const STRIDE: u64 = 73_687_871;

/// The thirteen digits of the n-th ISBN of a world.
pub fn make(seed: u64, number: u64) -> String {
    let place = (number % SPACE * STRIDE + seed % 9_973 * 10_007) % SPACE;
    let mut digits = format!("9799{place:08}");
    digits.push(check_digit(&digits));
    digits
}

/// The same with a wrong check digit.
pub fn spoiled(isbn: &str) -> String {
    let (rest, check) = isbn.split_at(isbn.len() - 1);
    let wrong = check.parse::<u32>().map_or(0, |digit| (digit + 4) % 10);
    format!("{rest}{wrong}")
}

/// With hyphens, as people type it; the parts within the made-up group are made up as well.
pub fn hyphenated(isbn: &str) -> String {
    format!("{}-{}-{}-{}-{}", &isbn[..3], &isbn[3..4], &isbn[4..8], &isbn[8..12], &isbn[12..])
}

/// Whether thirteen digits end in the digit that the others ask for.
pub fn is_valid(isbn: &str) -> bool {
    isbn.len() == 13
        && isbn.bytes().all(|byte| byte.is_ascii_digit())
        && isbn.ends_with(check_digit(&isbn[..12]))
}

/// ISBN Users' Manual, 7th edition: weights 1 and 3 in turn, the sum a multiple of ten.
fn check_digit(twelve: &str) -> char {
    let weighted = twelve.bytes().zip([1, 3].into_iter().cycle());
    let sum: u32 = weighted.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_right() {
        for isbn in ["9780306406157", "9791090636071", "9780804429573"] {
            assert!(is_valid(isbn), "{isbn}");
            assert!(!is_valid(&spoiled(isbn)), "{isbn}");
        }
        assert!(!is_valid("978030640615X") && !is_valid("97803064061"));
    }

    #[test]
    fn made_ones_are_valid_and_never_the_same() {
        let made: std::collections::BTreeSet<_> = (0..50_000).map(|n| make(7, n)).collect();
        assert_eq!(made.len(), 50_000);
        assert!(made.iter().all(|isbn| is_valid(isbn) && isbn.starts_with("9799")));
        assert_eq!(hyphenated("9799123456785"), "979-9-1234-5678-5");
    }
}
