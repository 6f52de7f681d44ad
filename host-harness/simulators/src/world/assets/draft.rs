//! An asset before it says what it belongs to: a picture for a title, its editions and its role.

use crate::world::generate::Options;
use crate::world::rng::Rng;
use crate::world::seed::{AssetSeed, ImageSeed, Meant, ProductSeed, TitleSeed};
use serde_json::{Map, Value};
use time::{Date, Duration};

/// Milliseconds of a day.
const DAY_MS: u64 = 86_400_000;
/// People who do not exist.
const MAKERS: [&str; 6] = [
    "Studio Beispiel",
    "Ina Muster",
    "Joe Sample",
    "Atelier Exemple",
    "Oda Placeholder",
    "Foto Ejemplo",
];

/// What an asset is to be.
pub struct Draft<'a> {
    /// The title.
    pub title: &'a TitleSeed,
    /// The editions that it is for; none where the role decides.
    pub products: Vec<&'a ProductSeed>,
    /// `front_cover`, ...
    pub role: &'static str,
    /// The role in people's words, `Front cover`.
    pub kind: &'static str,
    /// The end of its file name, `FC`.
    pub suffix: &'static str,
    /// `hardback`, `ebook`, ... where it is for one format.
    pub format: Option<&'static str>,
    /// Pixels.
    pub size: (u32, u32),
    /// Whose portrait it is.
    pub person: Option<&'a str>,
}

impl<'a> Draft<'a> {
    /// A flat front cover for those editions.
    pub fn cover(title: &'a TitleSeed, products: Vec<&'a ProductSeed>, size: (u32, u32)) -> Self {
        let (role, kind) = ("front_cover", "Front cover");
        Self { title, products, role, kind, suffix: "FC", format: None, size, person: None }
    }

    /// The asset: named, dated and credited, but without a word on which title it is for.
    pub fn build(&self, options: &Options, number: usize) -> AssetSeed {
        let mut rng = Rng::new(options.seed, "asset", number);
        let external_id = format!("DAM-{:06}", 100_000 + number);
        let id = format!("12:image:{external_id}");
        let maker = *rng.pick(&MAKERS);
        let changed = options.today - Duration::days(rng.between(1, 500));
        let name = match self.person {
            Some(person) => format!("Portrait of {person}"),
            None => format!("{} of {}", self.kind, self.title.title),
        };
        let meant_for = Meant {
            work_id: self.title.work_id,
            product_ids: self.products.iter().map(|product| product.product_id).collect(),
            role: self.role.to_owned(),
            trait_name: None,
        };
        AssetSeed {
            name: vec![("x-default".to_owned(), name)],
            file_name: format!(
                "{}_{}_{number}.jpg",
                slug(self.person.unwrap_or(&self.title.title)),
                self.suffix
            ),
            image: ImageSeed {
                width: self.size.0,
                height: self.size.1,
                format: "jpeg".to_owned(),
                marker: format!("{id} of seed {}", options.seed),
            },
            id,
            external_id,
            raw_data: self.raw_data(maker),
            keywords: vec![self.kind.to_lowercase(), "approved".to_owned()],
            credit: Some(maker.to_owned()),
            copyright: Some(format!("© {} {maker}", changed.year())),
            version: rng.between(1, 3),
            modified_at: midnight_ms(changed) + rng.below(DAY_MS),
            publish_from: None,
            publish_until: None,
            downloadable: Some(true),
            meant_for: Some(meant_for),
        }
    }

    fn raw_data(&self, maker: &str) -> Map<String, Value> {
        let mut raw = Map::new();
        raw.insert("role".to_owned(), self.role.into());
        raw.insert("assetType".to_owned(), self.kind.into());
        raw.insert("creditLine".to_owned(), maker.into());
        if let Some(format) = self.format {
            raw.insert("format".to_owned(), format.into());
        }
        if let Some(person) = self.person {
            raw.insert("contributor".to_owned(), person.into());
        }
        raw
    }
}

/// The word for a format that people put beside an asset.
pub fn format_word(form: &str) -> &'static str {
    match form {
        "BB" => "hardback",
        "BC" => "paperback",
        "BG" => "fine binding",
        "DG" | "DH" => "ebook",
        "AJ" => "audio",
        "AC" => "audio CD",
        _ => "bundle",
    }
}

/// The start of a day (UTC) in milliseconds since 1970.
pub fn midnight_ms(date: Date) -> u64 {
    date.midnight().assume_utc().unix_timestamp().unsigned_abs() * 1000
}

/// The first words of a text, fit for a file name.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2);
    words.take(3).collect::<Vec<_>>().join("-").to_lowercase()
}
