//! Image files made from a seed.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use crate::world::seed::ImageSeed;

/// The file of a seed.
pub fn make(seed: &ImageSeed) -> Vec<u8> {
    let shade = seed.marker.bytes().fold(7u8, |a, b| a.wrapping_mul(31).wrapping_add(b));
    let picture = RgbImage::from_pixel(seed.width, seed.height, Rgb([shade, 90, 160]));
    let format = match seed.format.as_str() {
        "jpeg" => ImageFormat::Jpeg,
        "png" => ImageFormat::Png,
        _ => return b"no image".to_vec(),
    };
    let mut file = Cursor::new(Vec::new());
    match picture.write_to(&mut file, format) {
        Ok(()) => file.into_inner(),
        Err(_) => Vec::new(),
    }
}
