//! C's `memcmp`, eight bytes at a time.
#![allow(unsafe_code, reason = "memcmp reads through raw pointers")]

const WORD: usize = size_of::<u64>();

/// Below 0, 0 or above 0, as the bytes at `left` sort before, with or after those at `right`.
///
/// # Safety
///
/// Both pointers are good for reads of `length` bytes.
pub unsafe fn compare(left: *const u8, right: *const u8, length: usize) -> i32 {
    let mut at = 0;
    while length - at >= WORD {
        // SAFETY: eight bytes from `at` are left.
        let (l, r) = unsafe { (word(left.add(at)), word(right.add(at))) };
        if l != r {
            return if l < r { -1 } else { 1 };
        }
        at += WORD;
    }
    while at < length {
        // SAFETY: `at` is below `length`.
        let (l, r) = unsafe { (*left.add(at), *right.add(at)) };
        if l != r {
            return i32::from(l) - i32::from(r);
        }
        at += 1;
    }
    0
}

/// Eight bytes as a number that sorts as they do.
///
/// # Safety
///
/// Good for reads of eight bytes.
unsafe fn word(from: *const u8) -> u64 {
    // SAFETY: the caller's.
    u64::from_be(unsafe { from.cast::<u64>().read_unaligned() })
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn sorts_as_slices_do() {
        let text: Vec<u8> = (0..40_u8).map(|i| i.wrapping_mul(89)).collect();
        for length in 0..=32 {
            for (a, b) in [(0, 0), (0, 1), (1, 0), (3, 7)] {
                let (left, right) = (&text[a..a + length], &text[b..b + length]);
                // SAFETY: both slices have that length.
                let found = unsafe { compare(left.as_ptr(), right.as_ptr(), length) };
                assert_eq!(found.cmp(&0), left.cmp(right), "{length} {a} {b}");
            }
        }
    }

    #[test]
    fn sees_a_difference_wherever_it_is() {
        for length in 1..=32 {
            for at in 0..length {
                let left = vec![7_u8; length];
                let mut right = left.clone();
                right[at] = 200;
                // SAFETY: both slices have that length.
                let found = unsafe { compare(left.as_ptr(), right.as_ptr(), length) };
                assert!(found < 0, "{length} {at}");
            }
        }
    }
}
