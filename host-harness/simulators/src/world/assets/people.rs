//! Author photos and promotional graphics: 60 of each for the 429 works. They are the publisher's
//! own or were commissioned, and belong to a work rather than to an edition.

use super::draft::Draft;
use super::{Maker, Pile};
use crate::world::works;

/// How many of each there are for the real works.
const FOR_ALL_WORKS: usize = 60;

/// The photos and graphics.
pub fn make(maker: &mut Maker) {
    let titles = maker.titles;
    let count = (titles.len() * FOR_ALL_WORKS).div_ceil(works::all().len());
    for n in 0..count {
        // Spread over the list; a title without contributors is passed over for its neighbour.
        let place = n * titles.len() / count;
        let title = titles[place..].iter().find(|title| !title.contributors.is_empty());
        if let Some(title) = title {
            let mut photo = Draft::cover(title, Vec::new(), (1500, 2000));
            (photo.role, photo.kind, photo.suffix) = ("author_photo", "Author photo", "AU");
            photo.person = title.contributors.first().map(|person| person.name.as_str());
            maker.add_regular(&photo, Pile::Photos);
        }
        let mut graphic = Draft::cover(&titles[place], Vec::new(), (1600, 1600));
        (graphic.role, graphic.kind, graphic.suffix) = ("social", "Social media graphic", "SM");
        if n % 2 == 1 {
            (graphic.role, graphic.kind, graphic.suffix) =
                ("marketing_digital", "Web banner", "AD");
            graphic.size = (2800, 1575);
        }
        maker.add_regular(&graphic, Pile::Promotion);
    }
}
