//! Small pieces of memory, given out and taken back in a few instructions: a list of free pieces
//! for each size, over an allocator that gives whole blocks. A component has one thread, and its
//! memory goes when the call ends, so that blocks are never given back.
#![allow(unsafe_code, reason = "an allocator deals in raw pointers")]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::ptr;

/// Sizes are rounded up to this; also the largest alignment of a piece.
const STEP: usize = 16;
/// The largest piece. With 1 KiB a run kept 1.4 MiB more in the lists of sizes that are seldom asked
/// for, and was hardly faster.
const PIECE_MAX: usize = 256;
/// What is asked of the allocator below at once.
const BLOCK: usize = 32 * 1_024;

/// A free piece holds the address of the next one.
type Free = *mut u8;

/// The allocator.
pub struct Pieces<A> {
    below: A,
    /// Free pieces by size, in steps.
    free: [Cell<Free>; PIECE_MAX / STEP + 1],
    /// What is left of the newest block.
    rest: Cell<*mut u8>,
    left: Cell<usize>,
}

// SAFETY: only a component uses it as a global allocator, and a component has one thread.
unsafe impl<A> Sync for Pieces<A> {}

impl<A> Pieces<A> {
    /// Over an allocator for blocks and for what is too large for a piece.
    pub const fn new(below: A) -> Self {
        let free = [const { Cell::new(ptr::null_mut()) }; PIECE_MAX / STEP + 1];
        Self { below, free, rest: Cell::new(ptr::null_mut()), left: Cell::new(0) }
    }
}

/// The list a layout belongs to; `None`: too large or too strictly aligned for a piece.
#[inline]
fn list(size: usize, align: usize) -> Option<usize> {
    (size <= PIECE_MAX && align <= STEP).then_some(size.div_ceil(STEP))
}

impl<A: GlobalAlloc> Pieces<A> {
    /// A piece that was never given out.
    #[cold]
    fn carve(&self, list: usize) -> *mut u8 {
        let size = list * STEP;
        if self.left.get() < size {
            // SAFETY: the size is not zero, and a multiple of the alignment.
            let block = unsafe { self.below.alloc(Layout::from_size_align_unchecked(BLOCK, STEP)) };
            if block.is_null() {
                return block;
            }
            self.rest.set(block);
            self.left.set(BLOCK);
        }
        let piece = self.rest.get();
        // SAFETY: so many bytes of the block are left.
        self.rest.set(unsafe { piece.add(size) });
        self.left.set(self.left.get() - size);
        piece
    }
}

// SAFETY: a piece is at least as large as was asked, aligned to STEP because blocks and sizes are,
// and in one hand only: on its list or given out. The list follows from the layout alone, which is
// the same when the piece comes back. All else goes to the allocator below, both ways.
//
// Never inlined, because thousands of places ask for memory: a tenth of the component. A host that
// compiles it may still do so.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Pieces<A> {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(list) = list(layout.size(), layout.align()) else {
            // SAFETY: the caller's.
            return unsafe { self.below.alloc(layout) };
        };
        let piece = self.free[list].get();
        if piece.is_null() {
            return self.carve(list);
        }
        // SAFETY: a free piece holds the address of the next one.
        self.free[list].set(unsafe { piece.cast::<Free>().read() });
        piece
    }

    #[inline(never)]
    unsafe fn dealloc(&self, piece: *mut u8, layout: Layout) {
        let Some(list) = list(layout.size(), layout.align()) else {
            // SAFETY: the caller's.
            return unsafe { self.below.dealloc(piece, layout) };
        };
        // SAFETY: a piece has room for an address, and nobody else has it any more.
        unsafe { piece.cast::<Free>().write(self.free[list].get()) };
        self.free[list].set(piece);
    }

    #[inline(never)]
    unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let (from, to) = (list(layout.size(), layout.align()), list(size, layout.align()));
        if from == to {
            return match from {
                Some(_) => piece,
                // SAFETY: the caller's.
                None => unsafe { self.below.realloc(piece, layout, size) },
            };
        }
        // SAFETY: the caller's; both places are good for the smaller of the two sizes.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(piece, new, layout.size().min(size));
                self.dealloc(piece, layout);
            }
            new
        }
    }
}

#[cfg(test)]
mod tests;
