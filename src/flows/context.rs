//! Flow 7 where the portal has a custom data adapter that takes a title's context for an asset:
//! what is said of each asset. The same title gives the same text, so that only changes are sent.

use serde_json::{Map, Value, json};

use crate::config::{Config, Tag};
use crate::model::date::show_day;
use crate::model::title::Title;

use super::card;

/// The context of an asset that belongs to no title any more.
pub const NOTHING: &str = "{}";

/// ONIX List 17 code of an author.
const AUTHOR: &str = "A01";

/// The context as canonical JSON, with what the tenant tags assets with.
pub fn context(config: &Config, title: &Title) -> String {
    let mut context = Map::new();
    let mut say = |tag: Tag, key: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if config.tags.contains(&tag) && !empty {
            context.insert(key.to_owned(), value);
        }
    };
    let dates = title.products.iter().filter_map(|product| product.publication_date);
    let isbns = title.products.iter().filter_map(|product| product.isbn);
    say(Tag::Title, "work", json!(title.id.0));
    say(Tag::Title, "title", json!(title.title));
    say(Tag::Title, "subtitle", json!(title.subtitle));
    say(Tag::Title, "isbns", isbns.map(|isbn| Value::from(isbn.to_string())).collect());
    say(Tag::Title, "publicationDate", json!(dates.min().map(show_day)));
    say(Tag::Imprint, "imprint", json!(title.imprint));
    let authors = title.contributors.iter().filter(|contributor| contributor.role == AUTHOR);
    say(Tag::Author, "authors", authors.map(|author| Value::from(author.name.as_str())).collect());
    say(Tag::Campaign, "campaign", json!(card::campaign(config, title)));
    Value::Object(context).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linking::testing;

    #[test]
    fn a_context_says_what_is_tagged_and_known() {
        let mut config = crate::config::testing::config();
        let mut title = testing::title(&[(71, "BB", "04")]);
        title.imprint = Some("Old Name".to_owned());
        let said: Value = serde_json::from_str(&context(&config, &title)).unwrap();
        assert_eq!((&said["imprint"], &said["title"]), (&json!("Old Name"), &json!(title.title)));
        assert!(said.get("campaign").is_none() && said.get("publicationDate").is_none(), "{said}");
        config.tags.remove(&Tag::Imprint);
        let said: Value = serde_json::from_str(&context(&config, &title)).unwrap();
        assert!(said.get("imprint").is_none(), "{said}");
    }
}
