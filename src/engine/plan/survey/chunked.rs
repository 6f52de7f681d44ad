//! A list that grows without moving what it holds: a `Vec` that doubles needs three times its
//! content for a moment, and keeps twice as much.

/// Items of one piece.
const PIECE: usize = 1_024;

/// The list.
#[derive(Debug)]
pub struct Chunked<T> {
    pieces: Vec<Vec<T>>,
}

impl<T> Default for Chunked<T> {
    fn default() -> Self {
        Self { pieces: Vec::new() }
    }
}

impl<T> Chunked<T> {
    /// Adds one behind the others.
    pub fn push(&mut self, item: T) {
        match self.pieces.last_mut() {
            Some(last) if last.len() < PIECE => last.push(item),
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(item);
                self.pieces.push(piece);
            }
        }
    }

    /// The one that was added as the so-manyeth, from 0.
    pub fn get(&self, at: usize) -> Option<&T> {
        self.pieces.get(at / PIECE)?.get(at % PIECE)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        let whole = self.pieces.len().saturating_sub(1) * PIECE;
        whole + self.pieces.last().map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_added_in_its_order() {
        let mut list = Chunked::default();
        assert_eq!((list.len(), list.get(0)), (0, None));
        for number in 0..=2 * PIECE {
            list.push(number);
            assert_eq!((list.len(), list.get(number)), (number + 1, Some(&number)));
        }
        assert_eq!(
            (list.get(0), list.get(PIECE), list.get(2 * PIECE + 1)),
            (Some(&0), Some(&PIECE), None)
        );
    }
}
