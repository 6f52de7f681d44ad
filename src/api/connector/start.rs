//! Where a page of a plan begins: `OFFSET.fresh.DIGEST`.

use crate::api::error::{ApiError, Problem};
use crate::engine::observe::purchases::Freshness;
use crate::engine::plan::change::Page;

/// What a later page must know of the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// How many changes stand before the page.
    pub offset: usize,
    /// Whether the first page read the licences to their end.
    pub freshness: Freshness,
    /// Of the whole plan.
    pub digest: String,
}

impl Start {
    /// Behind a page.
    pub fn behind(page: &Page) -> Self {
        Self { offset: page.end(), freshness: page.freshness, digest: page.digest() }
    }

    /// As a caller hands it back.
    pub fn write(&self) -> String {
        let freshness = match self.freshness {
            Freshness::Fresh => "fresh",
            Freshness::Stale => "stale",
        };
        format!("{}.{freshness}.{}", self.offset, self.digest)
    }

    /// From a caller.
    pub fn read(text: &str) -> Result<Self, ApiError> {
        parse(text).ok_or_else(|| {
            ApiError::InputInvalid(vec![Problem::new(
                "start",
                text,
                "the `next` of an earlier page",
                "leave it out to begin at the first page",
            )])
        })
    }
}

fn parse(text: &str) -> Option<Start> {
    let mut parts = text.splitn(3, '.');
    let offset = parts.next()?.parse().ok()?;
    let freshness = match parts.next()? {
        "fresh" => Freshness::Fresh,
        "stale" => Freshness::Stale,
        _ => return None,
    };
    let digest = parts.next().filter(|digest| !digest.is_empty())?.to_owned();
    Some(Start { offset, freshness, digest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        for freshness in [Freshness::Fresh, Freshness::Stale] {
            let start = Start { offset: 7, freshness, digest: "ab".to_owned() };
            assert_eq!(Start::read(&start.write()).ok(), Some(start));
        }
        for text in ["", "7", "7.fresh", "7.fresh.", "7.old.ab", "-1.fresh.ab", "x.fresh.ab"] {
            assert!(matches!(Start::read(text), Err(ApiError::InputInvalid(_))), "{text}");
        }
    }
}
