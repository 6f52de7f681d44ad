//! A case's `context`: the use that is asked about. Its fields are ours and read strictly; a word
//! in a list that is not understood (a territory, a language, a medium) makes the list unknown.

use serde_json::{Map, Value};

use crate::config::Problem;
use crate::model::country::CountrySet;
use crate::model::date::Day;
use crate::model::role::Role;
use crate::rights::asked::{Languages, Media, Run, Territory, Use, UseFrom};

use super::strict::{A_DAY, Section, day};

const FIELDS: [&str; 10] = [
    "role",
    "media",
    "territory",
    "languages",
    "planned_run",
    "prior_run",
    "use_from",
    "use_until",
    "today",
    "legal_entity",
];
const WORDS: &str = "a list of texts";

/// The use.
pub(super) fn read(object: &Map<String, Value>, problems: &mut Vec<Problem>) -> Option<Use> {
    let mut context = Section::new("context", object, &FIELDS);
    let roles = Role::ALL.map(Role::as_str).join(", ");
    let role = context.required("role", &format!("one of {roles}"), |v| Role::parse(v.as_str()?));
    let today = context.required("today", A_DAY, day);
    let media = context.optional("media", WORDS, texts).unwrap_or_default();
    let languages = context.optional("languages", WORDS, texts).unwrap_or_default();
    let territory = territory(&mut context);
    let planned_run = run(&mut context, "planned_run");
    let prior_run = run(&mut context, "prior_run");
    let pair = "a day, a pair [first, last] of days, or null";
    let use_from = context.optional("use_from", pair, use_from).unwrap_or_default();
    let use_until = context.day("use_until");
    let legal_entity =
        context.optional("legal_entity", "a text", |v| v.as_str().map(str::to_owned));
    problems.append(&mut context.problems);
    Some(Use {
        role: role?,
        media: media_of(&media),
        territory,
        languages: Languages::of(languages),
        planned_run,
        prior_run,
        use_from,
        use_until,
        today: today?,
        legal_entity,
    })
}

fn texts(value: &Value) -> Option<Vec<&str>> {
    // An entry that is no text names nothing, as an empty text does.
    Some(value.as_array()?.iter().map(|item| item.as_str().unwrap_or_default()).collect())
}

fn media_of(words: &[&str]) -> Media {
    let mut media = Media::default();
    for word in words {
        match word.trim().to_ascii_lowercase().as_str() {
            "print" | "physical" => media.print = true,
            "digital" | "ebook" | "online" | "audio" => media.digital = true,
            _ => media.unknown = true,
        }
    }
    media
}

fn territory(context: &mut Section) -> Territory {
    let expected = "an object with known and unknown_rest";
    let Some(object) = context.optional("territory", expected, Value::as_object) else {
        return Territory::default();
    };
    let mut section = Section::new("context.territory", object, &["known", "unknown_rest"]);
    let codes = section.optional("known", WORDS, texts).unwrap_or_default();
    let rest = section.optional("unknown_rest", "true or false", Value::as_bool);
    context.problems.append(&mut section.problems);
    let (known, strangers) = CountrySet::from_codes(codes);
    Territory { known, unknown_rest: rest == Some(true) || !strangers.is_empty() }
}

fn run(context: &mut Section, name: &str) -> Run {
    Run::of(context.optional(name, "a whole number of copies, or null", Value::as_i64))
}

fn use_from(value: &Value) -> Option<UseFrom> {
    match value {
        Value::Array(pair) => match pair.as_slice() {
            [first, last] => Some(UseFrom::Between(day(first)?, day(last)?)),
            _ => None,
        },
        value => day(value).map(|day: Day| UseFrom::Day(day)),
    }
}
