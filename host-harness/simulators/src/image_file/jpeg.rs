//! A baseline JPEG of flat blocks: each block of 8 x 8 pixels is its mean alone, so a cover costs
//! about a millisecond and 40 kB where a general encoder would transform every pixel. Colour is
//! halved in both directions, as cameras do.

use super::Cells;

/// Quantisation of the mean; with 8 the coefficient is the mean itself, less 128.
const MEAN_STEP: u8 = 8;
/// ITU T.81 table K.3: how many codes there are of each length.
const MEAN_LENGTHS: [u8; 16] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];

/// The file; the marker stands in a comment.
pub fn encode(width: u32, height: u32, marker: &str, cells: &Cells) -> Vec<u8> {
    let (width, height) = (width.clamp(1, 0xffff), height.clamp(1, 0xffff));
    let mut file = vec![0xff, 0xd8];
    segment(&mut file, 0xe0, b"JFIF\0\x01\x01\x01\x01\x2c\x01\x2c\0\0");
    segment(&mut file, 0xfe, &marker.as_bytes()[..marker.len().min(1000)]);
    let mut quantisation = vec![0];
    quantisation.extend([MEAN_STEP; 64]);
    segment(&mut file, 0xdb, &quantisation);
    segment(&mut file, 0xc0, &frame(width, height));
    let mut means = vec![0x00];
    means.extend(MEAN_LENGTHS);
    means.extend(0..12);
    segment(&mut file, 0xc4, &means);
    // The only other symbol is "the rest of the block is zero", in one bit.
    let mut rest = vec![0x10, 1];
    rest.extend([0; 16]);
    segment(&mut file, 0xc4, &rest);
    segment(&mut file, 0xda, &[3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    scan(&mut file, width, height, cells);
    file.extend([0xff, 0xd9]);
    file
}

/// A marker segment with its length.
fn segment(file: &mut Vec<u8>, kind: u8, content: &[u8]) {
    file.extend([0xff, kind]);
    file.extend((content.len() as u16 + 2).to_be_bytes());
    file.extend(content);
}

/// The frame header: eight bits, three components, luma twice as fine as colour.
fn frame(width: u32, height: u32) -> Vec<u8> {
    let mut frame = vec![8];
    frame.extend((height as u16).to_be_bytes());
    frame.extend((width as u16).to_be_bytes());
    frame.extend([3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
    frame
}

/// The blocks, in units of 16 x 16 pixels: four of luma, one of each colour.
fn scan(file: &mut Vec<u8>, width: u32, height: u32, cells: &Cells) {
    let mut bits = Bits { file, pending: 0, count: 0 };
    let mut last = [0i32; 3];
    for y in (0..height).step_by(16) {
        for x in (0..width).step_by(16) {
            let colour = cells.at(x, y, width, height);
            for (component, repeats) in [(0, 4), (1, 1), (2, 1)] {
                let mean = i32::from(colour[component]) - 128;
                for _ in 0..repeats {
                    bits.block(mean - last[component]);
                    last[component] = mean;
                }
            }
        }
    }
    bits.finish();
}

/// The bit stream: a 0xff byte is followed by a zero.
struct Bits<'a> {
    file: &'a mut Vec<u8>,
    pending: u32,
    count: u32,
}

impl Bits<'_> {
    /// A block: the difference of its mean to the last one, and the end.
    fn block(&mut self, difference: i32) {
        let category = 32 - difference.unsigned_abs().leading_zeros();
        let (code, length) = mean_code(category);
        self.put(code, length);
        let value = if difference < 0 { difference - 1 } else { difference };
        self.put(value as u32 & ((1 << category) - 1), category);
        self.put(0, 1);
    }

    fn put(&mut self, value: u32, length: u32) {
        self.pending = self.pending << length | value;
        self.count += length;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.pending >> self.count) as u8;
            self.file.push(byte);
            if byte == 0xff {
                self.file.push(0);
            }
        }
        self.pending &= (1 << self.count) - 1;
    }

    fn finish(mut self) {
        if self.count > 0 {
            self.put((1 << (8 - self.count)) - 1, 8 - self.count);
        }
    }
}

/// The code of a category in table K.3, and its length.
fn mean_code(category: u32) -> (u32, u32) {
    match category {
        0 => (0b00, 2),
        1..=5 => (category + 1, 3),
        // 1110, 11110, ...: as many ones as the category has beyond three, then a zero.
        _ => ((1 << (category - 2)) - 2, category - 2),
    }
}
