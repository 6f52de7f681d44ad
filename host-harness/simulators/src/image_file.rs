//! Image files made from a seed: exactly as wide and high as asked, unlike any other marker's.
//!
//! A picture is a grid of flat cells whose colours come from the marker's hash, so that a reader
//! tells two covers apart and an encoder has next to nothing to do. The same seed always gives the
//! same bytes.

mod jpeg;

use crate::world::seed::ImageSeed;
use image::ImageEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use sha2::{Digest, Sha256};

/// Columns of the grid of cells.
const COLUMNS: u32 = 4;
/// Rows of the grid of cells.
const ROWS: u32 = 6;

/// The bytes of the file. A format other than `jpeg` and `png` gives bytes that are no image.
pub fn make(seed: &ImageSeed) -> Vec<u8> {
    let cells = Cells::new(&seed.marker);
    match seed.format.as_str() {
        "jpeg" => jpeg::encode(seed.width, seed.height, &seed.marker, &cells),
        "png" => png(seed, &cells),
        _ => format!("This was to be a picture once: {}\n\u{fffd}\u{0}", seed.marker).into_bytes(),
    }
}

/// The media type that a server names for it; `broken` files are announced as JPEG, as they are
/// in life.
pub fn media_type(seed: &ImageSeed) -> &'static str {
    if seed.format == "png" { "image/png" } else { "image/jpeg" }
}

/// One colour (luma, blue and red chroma) for each cell of the grid.
struct Cells(Vec<[u8; 3]>);

impl Cells {
    fn new(marker: &str) -> Self {
        let hash = Sha256::digest(marker.as_bytes());
        let byte = |n: usize| hash[n % hash.len()];
        let colour = |n: usize| {
            [48 + byte(n) / 4 * 3 / 2 + 40, 72 + byte(n * 5 + 7) / 3, 72 + byte(n * 3 + 11) / 3]
        };
        Self((0..(COLUMNS * ROWS) as usize).map(colour).collect())
    }

    /// The colour at a place of a picture of that size.
    fn at(&self, x: u32, y: u32, width: u32, height: u32) -> [u8; 3] {
        let column = (x * COLUMNS / width.max(1)).min(COLUMNS - 1);
        let row = (y * ROWS / height.max(1)).min(ROWS - 1);
        self.0[(row * COLUMNS + column) as usize]
    }
}

/// A grey picture. The marker is also written into the first pixels, so that small files differ.
fn png(seed: &ImageSeed, cells: &Cells) -> Vec<u8> {
    let (width, height) = (seed.width.max(1), seed.height.max(1));
    let mut pixels = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        pixels.extend((0..width).map(|x| cells.at(x, y, width, height)[0]));
    }
    for (pixel, byte) in pixels.iter_mut().zip(Sha256::digest(seed.marker.as_bytes())) {
        *pixel = byte;
    }
    let mut file = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::NoFilter);
    match encoder.write_image(&pixels, width, height, image::ExtendedColorType::L8) {
        Ok(()) => file,
        Err(error) => unreachable!("a grey picture in memory always encodes: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(width: u32, height: u32, format: &str, marker: &str) -> ImageSeed {
        ImageSeed { width, height, format: format.to_owned(), marker: marker.to_owned() }
    }

    #[test]
    fn pictures_have_exactly_the_size_asked_for() {
        for (width, height) in [(1600, 2400), (1, 1), (40, 60), (17, 33), (2401, 2400)] {
            for (format, expected) in
                [("jpeg", image::ImageFormat::Jpeg), ("png", image::ImageFormat::Png)]
            {
                let bytes = make(&seed(width, height, format, "m"));
                assert_eq!(image::guess_format(&bytes).unwrap(), expected);
                let picture = image::load_from_memory(&bytes).unwrap();
                assert_eq!((picture.width(), picture.height()), (width, height), "{format}");
            }
        }
    }

    #[test]
    fn a_jpeg_shows_the_colours_of_its_cells() {
        let bytes = make(&seed(160, 240, "jpeg", "m"));
        let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
        let cells = Cells::new("m");
        for (x, y) in [(4, 4), (156, 4), (72, 104), (4, 236), (156, 236)] {
            let [luma, blue, red] = cells.at(x / 16 * 16, y / 16 * 16, 160, 240).map(f32::from);
            let expected = luma + 1.402 * (red - 128.0);
            let got = f32::from(picture.get_pixel(x, y).0[0]);
            assert!((got - expected.clamp(0.0, 255.0)).abs() < 4.0, "{x},{y} {got} {expected}");
            let expected = luma + 1.772 * (blue - 128.0);
            let got = f32::from(picture.get_pixel(x, y).0[2]);
            assert!((got - expected.clamp(0.0, 255.0)).abs() < 4.0, "{x},{y} {got} {expected}");
        }
    }

    #[test]
    fn the_marker_makes_the_bytes_unique_and_nothing_else_does() {
        for format in ["jpeg", "png", "broken"] {
            let one = make(&seed(40, 60, format, "one"));
            assert_eq!(one, make(&seed(40, 60, format, "one")), "{format}");
            assert_ne!(one, make(&seed(40, 60, format, "two")), "{format}");
        }
        assert!(image::load_from_memory(&make(&seed(40, 60, "broken", "one"))).is_err());
    }

    #[test]
    fn a_cover_costs_little() {
        let start = std::time::Instant::now();
        let bytes = make(&seed(1600, 2400, "jpeg", "m"));
        assert!(bytes.len() < 120_000, "{} bytes", bytes.len());
        assert!(start.elapsed().as_millis() < 100, "{:?}", start.elapsed());
    }
}
