//! Pieces keep what is written into them, whatever comes and goes around them.
#![allow(unsafe_code, reason = "an allocator deals in raw pointers")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::slice;

use super::{PIECE_MAX, Pieces};

/// A block in use, and the byte it is filled with.
struct Used {
    place: *mut u8,
    layout: Layout,
    fill: u8,
}

impl Used {
    fn new(pieces: &Pieces<System>, layout: Layout, fill: u8) -> Self {
        // SAFETY: no layout here is empty.
        let place = unsafe { pieces.alloc(layout) };
        assert!(!place.is_null() && place.addr().is_multiple_of(layout.align()));
        let used = Self { place, layout, fill };
        used.fill();
        used
    }

    fn fill(&self) {
        // SAFETY: the place was given for this size.
        unsafe { self.place.write_bytes(self.fill, self.layout.size()) };
    }

    fn holds(&self, size: usize) -> bool {
        // SAFETY: the place was given for at least this size and is filled.
        let bytes = unsafe { slice::from_raw_parts(self.place, size) };
        bytes.iter().all(|byte| *byte == self.fill)
    }

    fn resize(&mut self, pieces: &Pieces<System>, size: usize) {
        let kept = size.min(self.layout.size());
        // SAFETY: it came from there with this layout.
        self.place = unsafe { pieces.realloc(self.place, self.layout, size) };
        self.layout = Layout::from_size_align(size, self.layout.align()).unwrap();
        assert!(self.holds(kept), "{size}");
        self.fill();
    }

    fn free(self, pieces: &Pieces<System>) {
        assert!(self.holds(self.layout.size()));
        // SAFETY: it came from there with this layout.
        unsafe { pieces.dealloc(self.place, self.layout) };
    }
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

#[test]
fn nobody_writes_into_the_memory_of_another() {
    let pieces = Pieces::new(System);
    let mut numbers = Numbers(2026);
    let mut used: Vec<Used> = Vec::new();
    for round in 0..60_000_usize {
        let size = 1 + numbers.below(if round % 7 == 0 { 4 * PIECE_MAX } else { 200 });
        match numbers.below(5) {
            0 | 1 if used.len() < 500 => {
                let layout = Layout::from_size_align(size, 1 << numbers.below(7)).unwrap();
                used.push(Used::new(&pieces, layout, (round % 251) as u8));
            }
            2 if !used.is_empty() => {
                let at = numbers.below(used.len());
                used[at].resize(&pieces, size);
            }
            _ if !used.is_empty() => used.swap_remove(numbers.below(used.len())).free(&pieces),
            _ => {}
        }
    }
    used.into_iter().for_each(|one| one.free(&pieces));
}

#[test]
fn a_piece_that_came_back_is_given_out_again() {
    let pieces = Pieces::new(System);
    let layout = Layout::from_size_align(24, 8).unwrap();
    let first = Used::new(&pieces, layout, 1);
    let place = first.place;
    first.free(&pieces);
    assert_eq!(Used::new(&pieces, Layout::from_size_align(32, 16).unwrap(), 2).place, place);
}
