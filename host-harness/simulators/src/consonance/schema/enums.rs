//! The enums of ONIX codes, and the scalars with their checks.

use std::collections::BTreeSet;

use async_graphql::{
    Value,
    dynamic::{Enum, EnumItem, Scalar},
};

use crate::consonance::{codes, resolve::parse_date};

/// One enum for each code list, and the codes that only the world holds.
pub(super) fn all(used: &BTreeSet<(&'static str, String)>) -> Vec<Enum> {
    let lists = [
        codes::PRODUCT_FORM,
        codes::PUBLISHING_STATUS,
        codes::CONTRIBUTOR_ROLE,
        codes::CONTENT_AUDIENCE,
        codes::PRICE_TYPE,
        codes::PRICE_QUALIFIER,
    ];
    lists.iter().map(|list| code_enum(list, used)).collect()
}

fn code_enum(list: &codes::CodeList, used: &BTreeSet<(&'static str, String)>) -> Enum {
    let extra = used.iter().filter(|(name, _)| *name == list.enum_name);
    let known = list.codes().into_iter().chain(extra.map(|(_, code)| code.clone()));
    let items = known.filter_map(|code| {
        let item = EnumItem::new(codes::enum_value(&code)?);
        Some(match list.label(&code) {
            Some(label) => item.description(label),
            None => item,
        })
    });
    Enum::new(list.enum_name).items(items)
}

/// The scalars with their checks.
pub(super) fn scalars() -> Vec<Scalar> {
    let text = |value: &Value, check: fn(&str) -> bool| match value {
        Value::String(text) => check(text),
        _ => false,
    };
    vec![
        Scalar::new("ISO8601Date").validator(move |value| text(value, |t| parse_date(t).is_some())),
        Scalar::new("ISO8601DateTime").validator(move |value| text(value, |t| !t.is_empty())),
        Scalar::new("URI").validator(move |value| text(value, is_url)),
        Scalar::new("URL").validator(move |value| text(value, is_url)),
    ]
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) && !text.contains(' ')
}
