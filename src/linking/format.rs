//! The edition that an asset says it is for, and which products that means.

use std::collections::BTreeSet;

use super::expression::Document;
use super::fields;
use crate::model::product::{FormClass, Product, form_class};

/// A format in the words of the trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// ONIX List 7 `BB`.
    Hardback,
    /// ONIX List 7 `BC`.
    Paperback,
    /// ONIX List 7 `BG`.
    FineBinding,
    /// ONIX List 7 `BH`.
    BoardBook,
    /// Any printed book.
    Print,
    /// Ebook or online resource.
    Ebook,
    /// Downloadable audio.
    Audio,
    /// Audio on a carrier.
    AudioCd,
    /// Several products in one.
    Bundle,
    /// Every edition.
    All,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 10] = [
        Self::Hardback,
        Self::Paperback,
        Self::FineBinding,
        Self::BoardBook,
        Self::Print,
        Self::Ebook,
        Self::Audio,
        Self::AudioCd,
        Self::Bundle,
        Self::All,
    ];

    /// The spelling in configurations and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hardback => "hardback",
            Self::Paperback => "paperback",
            Self::FineBinding => "fine-binding",
            Self::BoardBook => "board-book",
            Self::Print => "print",
            Self::Ebook => "ebook",
            Self::Audio => "audio",
            Self::AudioCd => "audio-cd",
            Self::Bundle => "bundle",
            Self::All => "all",
        }
    }

    /// Reads the spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }

    /// Whether a product is of this format.
    pub fn fits(self, product: &Product) -> bool {
        let form = product.form.as_deref().unwrap_or_default();
        match self {
            Self::Hardback => form == "BB",
            Self::Paperback => form == "BC",
            Self::FineBinding => form == "BG",
            Self::BoardBook => form == "BH",
            Self::Print => form_class(form) == FormClass::Print,
            Self::Ebook => form_class(form) == FormClass::Ebook,
            Self::Audio => form_class(form) == FormClass::Audio,
            Self::AudioCd => matches!(form, "AC" | "AK" | "AL"),
            Self::Bundle => matches!(form, "WW" | "WX"),
            Self::All => true,
        }
    }
}

/// What an asset states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats {
    /// The formats.
    pub known: BTreeSet<Format>,
    /// Words that stand for no format.
    pub unknown: Vec<String>,
}

impl Formats {
    /// One format.
    pub fn of(format: Format) -> Self {
        Self { known: BTreeSet::from([format]), unknown: Vec::new() }
    }

    /// Whether a product is of one of them.
    pub fn fit(&self, product: &Product) -> bool {
        self.known.iter().any(|format| format.fits(product))
    }
}

impl std::fmt::Display for Formats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = self.known.iter().map(|format| format.as_str().to_owned());
        let words: Vec<_> = known.chain(self.unknown.iter().cloned()).collect();
        f.write_str(&words.join(", "))
    }
}

/// The formats in the asset's format fields.
pub(super) fn stated(document: &Document) -> Option<Formats> {
    let mut formats = Formats::default();
    for text in fields::raw(document, fields::FORMAT) {
        for part in text.split([',', ';', '/', '|', '+', '&']) {
            match read(part) {
                Word::Format(format) => drop(formats.known.insert(format)),
                Word::Unknown => formats.unknown.push(part.trim().to_owned()),
                Word::OfTheImage => {}
            }
        }
    }
    (formats != Formats::default()).then_some(formats)
}

enum Word {
    Format(Format),
    /// Says something about the image, not about the book.
    OfTheImage,
    Unknown,
}

/// Words for formats as people type them, upper or lower case, singular or plural.
fn read(text: &str) -> Word {
    let letters: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match letters.trim_end_matches('s') {
        "hardback" | "hardcover" | "hb" | "hc" | "hbk" | "cased" | "casebound" | "cloth" | "bb" => {
            Word::Format(Format::Hardback)
        }
        "paperback" | "softcover" | "softback" | "pb" | "pbk" | "tradepaperback" | "bc" => {
            Word::Format(Format::Paperback)
        }
        "print" | "printed" | "printedbook" => Word::Format(Format::Print),
        "ebook" | "epub" | "digital" | "kindle" | "electronicbook" | "dg" => {
            Word::Format(Format::Ebook)
        }
        "audio" | "audiobook" | "audiodownload" | "downloadableaudio" | "aj" => {
            Word::Format(Format::Audio)
        }
        "finebinding" | "bg" => Word::Format(Format::FineBinding),
        "boardbook" | "bh" => Word::Format(Format::BoardBook),
        "audiocd" | "cd" | "cdaudio" | "ac" => Word::Format(Format::AudioCd),
        "bundle" | "boxset" | "boxedset" | "multipack" | "ww" | "wx" => {
            Word::Format(Format::Bundle)
        }
        "all" | "any" | "allformat" | "alledition" => Word::Format(Format::All),
        "" | "jpg" | "jpeg" | "png" | "tif" | "tiff" | "psd" | "ep" | "pdf" | "svg" | "image"
        | "portrait" | "landscape" | "square" | "rgb" | "cmyk" => Word::OfTheImage,
        _ => Word::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::expression::document;

    #[test]
    fn words_of_the_trade() {
        let cases: &[(&str, Option<&str>)] = &[
            ("Hardback", Some("hardback")),
            ("hard-cover", Some("hardback")),
            ("PAPERBACKS", Some("paperback")),
            ("e-book", Some("ebook")),
            ("Audio Download", Some("audio")),
            ("Paperback / eBook", Some("paperback, ebook")),
            ("all formats", Some("all")),
            ("Audio CD", Some("audio-cd")),
            ("fine binding", Some("fine-binding")),
            ("Bundle", Some("bundle")),
            ("paperpack", Some("paperpack")),
            ("JPEG", None),
            ("TIFF; portrait", None),
            ("EPS", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let json = format!(r#"{{"rawData": {{"Format": "{text}"}}}}"#);
            let found = stated(&document(&json)).map(|formats| formats.to_string());
            assert_eq!(found.as_deref(), *expected, "{text}");
        }
    }
}
