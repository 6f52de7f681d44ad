//! Assets with one thing wrong each, on titles that have no cover otherwise, so that nothing but
//! the fault decides what becomes of them. All are declared and well identified beside the fault.

use super::draft::{Draft, midnight_ms};
use super::identity::Identity;
use super::{Maker, Pile, covers};
use crate::world::isbn;
use crate::world::seed::{AssetSeed, TitleSeed};
use crate::world::works;
use time::Duration;

/// The faults, by the name under which `Meant` knows them.
pub const FAULTS: [&str; 14] = [
    "png",
    "tiny",
    "small",
    "broken",
    "wrong-shape",
    "no-dimensions",
    "bad-check-digit",
    "unknown-isbn",
    "hostile-name",
    "not-downloadable",
    "unpublished",
    "not-yet-published",
    "rival-cover",
    "draft",
];
/// How often each fault occurs among the real works.
const EACH: usize = 3;

/// Spreads the faults over titles without covers, one each, as long as there are any.
pub fn make(maker: &mut Maker) {
    let rounds = (maker.titles.len() * EACH).div_ceil(works::all().len());
    let titles = maker.titles;
    let free = (0..titles.len()).filter(|number| !covers::is_covered(*number));
    let faults = std::iter::repeat_n(FAULTS, rounds).flatten();
    for (number, fault) in free.zip(faults) {
        add(maker, &titles[number], fault);
        if fault == "rival-cover" {
            add(maker, &titles[number], fault);
        }
    }
}

fn add(maker: &mut Maker, title: &TitleSeed, fault: &'static str) {
    let size = match fault {
        "tiny" => (40, 60),
        "small" => (500, 750),
        "wrong-shape" => (2400, 1600),
        _ => (1400, 2100),
    };
    let draft = Draft::cover(title, title.products.iter().take(1).collect(), size);
    let right = title.products.first().and_then(|product| product.isbn13.as_deref());
    let right = right.unwrap_or_default();
    let spoiled = isbn::spoiled(right);
    // No product's number reaches this far.
    let stranger = isbn::make(maker.options.seed, 90_000_000 + maker.assets.len() as u64);
    let identity = match fault {
        "bad-check-digit" => Identity::Digits(&spoiled),
        "unknown-isbn" => Identity::Digits(&stranger),
        _ => Identity::FileName,
    };
    let mut asset = draft.build(maker.options, maker.assets.len());
    identity.put(&draft, &mut asset);
    spoil(&mut asset, fault, maker.options.today);
    if let Some(meant) = &mut asset.meant_for {
        meant.trait_name = Some(fault.to_owned());
    }
    maker.push(asset, if fault == "draft" { Pile::Drafts } else { Pile::Covers });
}

fn spoil(asset: &mut AssetSeed, fault: &str, today: time::Date) {
    let day = |days| {
        let date = today + Duration::days(days);
        format!("{date}T00:00:00+00:00")
    };
    match fault {
        "png" | "broken" => {
            asset.image.format = fault.to_owned();
            if fault == "png" {
                asset.file_name = asset.file_name.replace(".jpg", ".png");
            }
        }
        "hostile-name" => asset.file_name = format!("../../{}", asset.file_name),
        "not-downloadable" => asset.downloadable = Some(false),
        "unpublished" => asset.publish_until = Some(day(-20)),
        "not-yet-published" => asset.publish_from = Some(day(45)),
        "rival-cover" => asset.modified_at = midnight_ms(today),
        _ => {}
    }
}
