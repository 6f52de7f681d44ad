//! The ONIX code lists behind the schema's enums, and what is derived from a product's form.
//!
//! Invariant: an enum's value is the code, with an underscore before a leading digit.

/// One list.
pub(super) struct CodeList {
    /// The enum's name in the schema.
    pub(super) enum_name: &'static str,
    /// Codes and ranges of codes.
    codes: &'static str,
    /// Labels of the usual codes.
    labels: &'static [(&'static str, &'static str)],
}

pub(super) const PRODUCT_FORM: CodeList = CodeList {
    enum_name: "ONIX21ProductFormCode",
    codes: "00 AA-AL AZ BA-BP BZ CA-CE CZ DA-DO DZ FA-FF FZ MA-MC MZ PA-PT PZ VA-VP VZ WW-WX \
            XA-XM XZ ZA-ZJ ZY-ZZ",
    labels: &[
        ("AC", "CD-Audio"),
        ("AJ", "Downloadable audio file"),
        ("BA", "Book"),
        ("BB", "Hardback"),
        ("BC", "Paperback / softback"),
        ("BH", "Board book"),
        ("DG", "Electronic book text"),
        ("DH", "Online resource"),
    ],
};

pub(super) const PUBLISHING_STATUS: CodeList = CodeList {
    enum_name: "ONIXPublishingStatusCode",
    codes: "00-13 15-17",
    labels: &[
        ("01", "Cancelled"),
        ("02", "Forthcoming"),
        ("03", "Postponed indefinitely"),
        ("04", "Active"),
        ("07", "Out of print"),
        ("11", "Withdrawn from sale"),
    ],
};

pub(super) const CONTRIBUTOR_ROLE: CodeList = CodeList {
    enum_name: "ONIXContributorRoleCode",
    codes: "A01-A52 A56 A99 B01-B36 B99 C01-C04 C99 D01-D04 D99 E01-E11 E99 F01-F02 F99 Z01-Z06 \
            Z98-Z99",
    labels: &[
        ("A01", "By (author)"),
        ("A12", "Illustrated by"),
        ("B01", "Edited by"),
        ("B06", "Translated by"),
        ("E07", "Read by"),
    ],
};

pub(super) const CONTENT_AUDIENCE: CodeList =
    CodeList { enum_name: "ONIXContentAudienceCode", codes: "00-08", labels: &[] };

pub(super) const PRICE_TYPE: CodeList =
    CodeList { enum_name: "ONIXPriceTypeCode", codes: "01-04", labels: &[] };

pub(super) const PRICE_QUALIFIER: CodeList =
    CodeList { enum_name: "ONIXPriceTypeQualifierCode", codes: "00-16", labels: &[] };

impl CodeList {
    /// Every code, in order.
    pub(super) fn codes(&self) -> Vec<String> {
        self.codes.split_whitespace().flat_map(expand).collect()
    }

    /// The label of a usual code.
    pub(super) fn label(&self, code: &str) -> Option<&'static str> {
        self.labels.iter().find(|(c, _)| *c == code).map(|(_, label)| *label)
    }
}

/// `A01-A52` and `AA-AL` as single codes; a single code as itself.
fn expand(range: &str) -> Vec<String> {
    let Some((first, last)) = range.split_once('-') else {
        return vec![range.to_owned()];
    };
    let digits = first.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if digits.is_empty() {
        let (stem, from) = first.split_at(first.len() - 1);
        let to = &last[last.len() - 1..];
        let letters = from.chars().zip(to.chars()).flat_map(|(a, b)| a..=b);
        return letters.map(|letter| format!("{stem}{letter}")).collect();
    }
    let stem = &first[..first.len() - digits.len()];
    let bounds = (digits.parse::<u32>(), last[stem.len()..].parse::<u32>());
    let (Ok(from), Ok(to)) = bounds else { return Vec::new() };
    (from..=to).map(|n| format!("{stem}{n:0width$}", width = digits.len())).collect()
}

/// The enum value of a code; `None` if the code could not be a GraphQL name.
pub(super) fn enum_value(code: &str) -> Option<String> {
    let plain = !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let digit_first = code.starts_with(|c: char| c.is_ascii_digit());
    plain.then(|| if digit_first { format!("_{code}") } else { code.to_owned() })
}

/// The code of an enum value.
pub(super) fn code_of(value: &str) -> &str {
    value.strip_prefix('_').unwrap_or(value)
}

/// The concrete type of a product of that ONIX 2.1 form.
pub(super) fn product_type(form: Option<&str>) -> &'static str {
    let form = form.unwrap_or_default();
    match (form, form.get(..1).unwrap_or_default()) {
        ("AJ", _) => "ElectronicAudioProduct",
        (_, "A") => "PhysicalAudioProduct",
        (_, "B") => "PhysicalBookProduct",
        ("DG", _) => "ElectronicBookProduct",
        ("DA" | "DH" | "DO" | "DZ", _) => "ElectronicProduct",
        (_, "C" | "D" | "F" | "M" | "P" | "V" | "W" | "X" | "Z") => "PhysicalProduct",
        _ => "GenericProduct",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_their_known_sizes_and_ends() {
        for (list, count, first, last) in [
            (PRODUCT_FORM, 130, "00", "ZZ"),
            (PUBLISHING_STATUS, 17, "00", "17"),
            (CONTRIBUTOR_ROLE, 124, "A01", "Z99"),
            (CONTENT_AUDIENCE, 9, "00", "08"),
            (PRICE_QUALIFIER, 17, "00", "16"),
        ] {
            let codes = list.codes();
            let ends = (codes.len(), codes[0].as_str(), codes[codes.len() - 1].as_str());
            assert_eq!(ends, (count, first, last), "{}", list.enum_name);
        }
    }

    #[test]
    fn a_form_decides_the_type() {
        for (form, expected) in [
            (Some("BB"), "PhysicalBookProduct"),
            (Some("DG"), "ElectronicBookProduct"),
            (Some("AJ"), "ElectronicAudioProduct"),
            (Some("AC"), "PhysicalAudioProduct"),
            (Some("DB"), "PhysicalProduct"),
            (Some("DH"), "ElectronicProduct"),
            (Some("00"), "GenericProduct"),
            (None, "GenericProduct"),
        ] {
            assert_eq!(product_type(form), expected, "{form:?}");
        }
    }
}
