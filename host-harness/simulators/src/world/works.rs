//! The 429 real works (`data/thoth-scholarled-cc0.json`): titles, people, imprints, DOIs, months of
//! publication and blurbs. Nothing here is made up; see `data/README.md`.

use serde::Deserialize;
use std::sync::OnceLock;

/// A real work.
#[derive(Debug, Deserialize)]
pub struct Work {
    /// Which press's list it stands in, `obp_press`.
    pub source: String,
    /// Title with its subtitle.
    pub title: String,
    /// Month and year, `August 2026`.
    pub published: String,
    /// People in their order.
    pub contributors: Vec<Person>,
    /// The imprint, where it is stated.
    pub imprint_line: Option<ImprintLine>,
    /// DOI.
    pub doi: Option<String>,
    /// The beginning of its description.
    pub blurb: Option<String>,
}

/// Somebody who contributed.
#[derive(Debug, Deserialize)]
pub struct Person {
    /// In words, `Author`.
    pub role: String,
    /// As printed.
    pub name: String,
}

/// Where it appeared.
#[derive(Debug, Deserialize)]
pub struct ImprintLine {
    /// The imprint's name.
    pub imprint: Option<String>,
}

/// All of them, in the order of the file.
pub fn all() -> &'static [Work] {
    static WORKS: OnceLock<Vec<Work>> = OnceLock::new();
    WORKS.get_or_init(|| {
        let text = include_str!("../../data/thoth-scholarled-cc0.json");
        match serde_json::from_str(text) {
            Ok(works) => works,
            Err(error) => panic!("data/thoth-scholarled-cc0.json does not read: {error}"),
        }
    })
}

impl Work {
    /// Title and subtitle, which the source joins with a colon.
    pub fn split_title(&self) -> (&str, Option<&str>) {
        self.title.split_once(": ").map_or((&self.title, None), |(title, rest)| (title, Some(rest)))
    }

    /// Year and month of publication.
    pub fn month(&self) -> Option<(i32, time::Month)> {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let (month, year) = self.published.split_once(' ')?;
        let number = MONTHS.iter().position(|name| *name == month)? as u8 + 1;
        Some((year.parse().ok()?, time::Month::try_from(number).ok()?))
    }

    /// The imprint's name.
    pub fn imprint(&self) -> Option<&str> {
        self.imprint_line.as_ref()?.imprint.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_whole() {
        assert_eq!(all().len(), 429);
        let dated = all().iter().filter(|work| work.month().is_some()).count();
        assert!(dated > 400, "{dated}");
        assert!(all().iter().all(|work| !work.split_title().0.is_empty()));
    }
}
