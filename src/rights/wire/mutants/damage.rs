//! The ways in which a case is damaged, each with the law that holds of it. Where an absence means
//! something by a rule of its own (no licence date, no stated placement, another term's editorial
//! flag, a profile that fills what is not stated), the damage does not apply.

use serde_json::{Value, json};

use crate::rights::laws::random::Random;

/// What a bad value may do to a verdict; the weaker promise is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Law {
    /// Nothing gets better.
    NeverBetter,
    /// A refusal may become a question; nothing else gets better.
    SoftensAtMost,
}

/// A way to damage a case; false: it does not apply to this one.
pub(super) struct Damage {
    /// Its name in failures.
    pub name: &'static str,
    /// What holds of it.
    pub law: Law,
    /// Does it.
    pub act: fn(&mut Random, &mut Value) -> bool,
}

const fn never(name: &'static str, act: fn(&mut Random, &mut Value) -> bool) -> Damage {
    Damage { name, law: Law::NeverBetter, act }
}

const fn softens(name: &'static str, act: fn(&mut Random, &mut Value) -> bool) -> Damage {
    Damage { name, law: Law::SoftensAtMost, act }
}

pub(super) static DAMAGES: [Damage; 30] = [
    softens("a granted key is misspelt", misspelt_grant),
    softens("a denied key is misspelt", misspelt_denial),
    softens("an unknown key is granted", |r, c| push(r, c, "allowed", STRANGERS)),
    never("an unknown key is denied", |r, c| push(r, c, "restricted", STRANGERS)),
    softens("a list that must state something is empty", emptied),
    never("a granted key is denied as well", both),
    softens("junk among the grants", |r, c| junk_in(r, c, "allowed")),
    never("junk among the denials", |r, c| junk_in(r, c, "restricted")),
    softens("a denial of the wrong type", denial_of_another_type),
    softens("a date that is none", |r, c| date(r, c, DATES_BAD)),
    never("dates the wrong way round", reversed),
    softens("a cap that is none", |r, c| of_term(r, c, |r, t| grow(t, "usage_limits", r.of(CAPS)))),
    softens("a negative run", |r, c| run(r, c, &[-1, -5_000, i64::MIN])),
    never("an absurd run", absurd_run),
    softens("a run that is null", forgotten_run),
    softens("a reuse allowance that is no number", reuse_allowance),
    softens("a count of reuses that is no number", reuse_count),
    never("territory XX beside the others", |r, c| territory(r, c, true)),
    softens("territory XX alone", |r, c| territory(r, c, false)),
    softens("a medium that is none", medium),
    softens("a language that is none", language),
    softens("a state that is none", |r, c| policy(r, c, "state", STATES)),
    never("licence text", |r, c| policy(r, c, "licence_text", TEXTS)),
    softens("a release state that is none", release),
    softens("an editorial flag of the wrong type", editorial),
    softens("a term that is none", term_that_is_none),
    softens("terms that are none", |r, c| policy(r, c, "terms", NO_TERMS)),
    never("a licensee that is not us", |r, c| policy(r, c, "licensee", LICENSEES)),
    softens("a declaration that lacks something", declaration_lacks),
    softens("a declaration with bad words", declaration_words),
];

const STRANGERS: &[&str] = &[
    "charms",
    "publishing_editorial_buk",
    "XX",
    "<b>any</b>",
    "\"any\"",
    "Ã¼ber",
    "&lt;any&gt;",
    "any any",
    "quantity_up_to_-5_total_circulation",
    "",
];
const DATES_BAD: &[&str] =
    &["soon", "31.12.2029", "2030-02-31", "", "2030", "<i>2030-01-01</i>", "0000-00-00"];
const CAPS: &[&str] = &[
    "quantity_up_to_-5_total_circulation",
    "quantity_up_to_99999999999999999999_total_circulation",
    "quantity_up_to_0100_total_circulation",
    "quantity_up_to__total_circulation",
    "unlimited!",
];
const STATES: &[&str] = &["\"complete\"", "null", "5", "\"\"", "[\"completed\"]", "\"canceled\""];
const TEXTS: &[&str] =
    &["\"<p>all</p>\"", "\"NUR DEMO Ã¼\"", "[{\"culture\":\"en\"}]", "7", "true"];
const NO_TERMS: &[&str] = &["null", "[]", "{}", "\"any\"", "5"];
const LICENSEES: &[&str] = &["\"Somebody Else\"", "\"<b>Us</b>\"", "\"?\""];
const LISTS: &[&str] =
    &["usages", "distributions", "placements", "sizes", "industries", "geographies", "languages"];

/// Whether something fills what a purchase leaves unstated.
fn is_profiled(case: &Value) -> bool {
    !case["policy"]["profile"].is_null()
}

fn terms(case: &mut Value) -> Option<&mut Vec<Value>> {
    case.get_mut("policy")?.get_mut("terms")?.as_array_mut()
}

/// Damages one of the terms.
fn of_term(
    random: &mut Random,
    case: &mut Value,
    act: impl FnOnce(&mut Random, &mut Value) -> bool,
) -> bool {
    let Some(terms) = terms(case) else { return false };
    let at = usize::try_from(random.below(terms.len() as u64)).unwrap_or_default();
    match terms.get_mut(at).filter(|term| term.is_object()) {
        Some(term) => act(random, term),
        None => false,
    }
}

fn some_list(random: &mut Random, side: &str) -> String {
    format!("{side}_{}", random.of(LISTS))
}

fn list<'a>(term: &'a mut Value, name: &str) -> Option<&'a mut Vec<Value>> {
    term.get_mut(name)?.as_array_mut().filter(|keys| !keys.is_empty())
}

fn misspell(random: &mut Random, keys: &mut [Value]) -> bool {
    let at = usize::try_from(random.below(keys.len() as u64)).unwrap_or_default();
    let Some(key) = keys.get_mut(at) else { return false };
    let Some(text) = key.as_str() else { return false };
    *key = match random.below(3) {
        0 => json!(format!("{text}x")),
        1 => json!(format!("<b>{text}</b>")),
        _ => json!(format!("&quot;{text}&quot;")),
    };
    true
}

fn misspelt_grant(random: &mut Random, case: &mut Value) -> bool {
    let name =
        if random.one_in(6) { "usage_limits".to_owned() } else { some_list(random, "allowed") };
    of_term(random, case, |random, term| {
        list(term, &name).is_some_and(|keys| misspell(random, keys))
    })
}

fn misspelt_denial(random: &mut Random, case: &mut Value) -> bool {
    of_term(random, case, |random, term| {
        // Few terms deny anything: one of those lists that do.
        let names = LISTS.iter().map(|what| format!("restricted_{what}"));
        let stated: Vec<String> = names.filter(|name| list(term, name).is_some()).collect();
        let at = usize::try_from(random.below(stated.len() as u64)).unwrap_or_default();
        let Some(name) = stated.get(at) else { return false };
        list(term, name).is_some_and(|keys| misspell(random, keys))
    })
}

/// A list gets one key more. What stands there and is no list is a bad value already.
fn grow(term: &mut Value, name: &str, key: impl Into<Value>) -> bool {
    if term[name].is_null() {
        term[name] = json!([]);
    }
    term[name].as_array_mut().is_some_and(|keys| {
        keys.push(key.into());
        true
    })
}

/// A list of grants that states nothing yet does so by a rule of its own; it stays out of this.
fn push(random: &mut Random, case: &mut Value, side: &str, keys: &[&'static str]) -> bool {
    let name = some_list(random, side);
    let key = random.of(keys);
    if side == "allowed" && is_profiled(case) {
        return false;
    }
    of_term(random, case, |_, term| grow(term, &name, key))
}

fn emptied(random: &mut Random, case: &mut Value) -> bool {
    if is_profiled(case) {
        return false;
    }
    let names = ["allowed_usages", "allowed_distributions", "allowed_geographies", "usage_limits"];
    let name = random.of(&names);
    of_term(random, case, |random, term| {
        term[name] = if random.one_in(2) { json!([]) } else { Value::Null };
        true
    })
}

fn both(random: &mut Random, case: &mut Value) -> bool {
    let what = random.of(LISTS);
    of_term(random, case, |random, term| {
        let Some(keys) = list(term, &format!("allowed_{what}")) else { return false };
        let at = usize::try_from(random.below(keys.len() as u64)).unwrap_or_default();
        let Some(key) = keys.get(at).and_then(Value::as_str).map(str::to_owned) else {
            return false;
        };
        grow(term, &format!("restricted_{what}"), key)
    })
}

fn junk(random: &mut Random) -> Value {
    match random.below(6) {
        0 => Value::Null,
        1 => json!(-1.5),
        2 => json!({ "any": "any" }),
        3 => json!(["any"]),
        4 => json!(true),
        _ => json!(i64::MAX),
    }
}

fn junk_in(random: &mut Random, case: &mut Value, side: &str) -> bool {
    if side == "allowed" && is_profiled(case) {
        return false;
    }
    let name = some_list(random, side);
    of_term(random, case, |random, term| {
        let junk = junk(random);
        grow(term, &name, junk)
    })
}

/// A text where a list of denials stood: an unknown denial.
fn denial_of_another_type(random: &mut Random, case: &mut Value) -> bool {
    let name = some_list(random, "restricted");
    of_term(random, case, |_, term| {
        term[name.as_str()] = json!("none");
        true
    })
}

fn date(random: &mut Random, case: &mut Value, dates: &[&'static str]) -> bool {
    let name = random.of(&["valid_from", "valid_until", "to_be_used_until"]);
    let date = random.of(dates);
    if is_profiled(case) {
        return false;
    }
    of_term(random, case, |random, term| {
        term[name] = if random.one_in(5) { json!(1_893_456_000) } else { json!(date) };
        true
    })
}

fn reversed(random: &mut Random, case: &mut Value) -> bool {
    if is_profiled(case) {
        return false;
    }
    of_term(random, case, |_, term| {
        term["valid_from"] = json!("2035-01-02");
        term["valid_until"] = json!("2020-01-01T23:59:59Z");
        true
    })
}

fn run(random: &mut Random, case: &mut Value, numbers: &[i64]) -> bool {
    let name = random.of(&["planned_run", "prior_run"]);
    case["context"][name] = json!(random.of(numbers));
    true
}

/// More copies than were asked for.
fn absurd_run(random: &mut Random, case: &mut Value) -> bool {
    let name = random.of(&["planned_run", "prior_run"]);
    let known = case["context"][name].as_i64().is_some_and(|copies| copies >= 0);
    if known {
        case["context"][name] = json!(random.of(&[i64::MAX, i64::MAX - 1, 4_000_000_000_i64]));
    }
    known
}

fn forgotten_run(random: &mut Random, case: &mut Value) -> bool {
    let name = random.of(&["planned_run", "prior_run"]);
    // A negative number is no fact that could be forgotten.
    let known = case["context"][name].as_i64().is_some_and(|copies| copies >= 0);
    if known {
        case["context"][name] = Value::Null;
    }
    known
}

fn reuse_allowance(random: &mut Random, case: &mut Value) -> bool {
    let value = random.of(&["\"three\"", "1.5", "[3]", "{}", "true"]);
    policy(random, case, "max_reuses", &[value])
}

fn reuse_count(random: &mut Random, case: &mut Value) -> bool {
    let value = random.of(&["\"none\"", "-1", "0.5", "null"]);
    policy(random, case, "current_reuses", &[value])
}

fn territory(random: &mut Random, case: &mut Value, beside: bool) -> bool {
    let code = random.of(&["XX", "UKX", "", "<b>GB</b>", "Europe"]);
    match case.pointer_mut("/context/territory/known").and_then(Value::as_array_mut) {
        Some(codes) if beside => codes.push(json!(code)),
        Some(codes) => *codes = vec![json!(code)],
        None => return false,
    }
    true
}

fn medium(random: &mut Random, case: &mut Value) -> bool {
    let word = random.of(&["pirnt", "", "<i>print</i>", "any"]);
    let keep = random.one_in(2);
    match case.pointer_mut("/context/media").and_then(Value::as_array_mut) {
        Some(words) if keep => words.push(json!(word)),
        Some(words) => *words = vec![json!(word)],
        None => return false,
    }
    true
}

fn language(random: &mut Random, case: &mut Value) -> bool {
    let word = random.of(&["englsh", "", "x", "any-any-any"]);
    match case.pointer_mut("/context/languages").and_then(Value::as_array_mut) {
        Some(words) => words.push(json!(word)),
        None => return false,
    }
    true
}

/// A field of the purchase; only where there is one.
fn policy(random: &mut Random, case: &mut Value, name: &str, values: &[&'static str]) -> bool {
    let text = random.of(values);
    let Some(object) = case.get_mut("policy").and_then(Value::as_object_mut) else { return false };
    // A profile is the one term of a purchase that has none.
    if name == "terms" && object.get("profile").is_some_and(|profile| !profile.is_null()) {
        return false;
    }
    let value = serde_json::from_str(text).unwrap_or_default();
    object.insert(name.to_owned(), value);
    true
}

fn release(random: &mut Random, case: &mut Value) -> bool {
    let name = random.of(&["model", "property"]);
    let value = random.of(&["\"relased\"", "null", "7", "\"all\""]);
    let release = case.pointer_mut("/policy/release").and_then(Value::as_object_mut);
    let Some(release) = release else { return false };
    release.insert(name.to_owned(), serde_json::from_str(value).unwrap_or_default());
    true
}

/// Of the only term: another term's flag is contested only while it is known.
fn editorial(random: &mut Random, case: &mut Value) -> bool {
    if terms(case).is_none_or(|terms| terms.len() != 1) || is_profiled(case) {
        return false;
    }
    let value = random.of(&["null", "\"no\"", "0", "[]", "\"false\""]);
    of_term(random, case, |_, term| {
        term["is_editorial_use"] = serde_json::from_str(value).unwrap_or_default();
        true
    })
}

fn term_that_is_none(random: &mut Random, case: &mut Value) -> bool {
    if is_profiled(case) {
        return false;
    }
    let junk = junk(random);
    // An object is a term: one that states nothing, and so denies nothing.
    if junk.is_object() {
        return false;
    }
    let Some(terms) = terms(case).filter(|terms| !terms.is_empty()) else { return false };
    let at = usize::try_from(random.below(terms.len() as u64)).unwrap_or_default();
    if let Some(term) = terms.get_mut(at) {
        *term = junk;
    }
    true
}

fn some_declaration<'a>(random: &mut Random, case: &'a mut Value) -> Option<&'a mut Value> {
    let all = case.get_mut("declarations")?.as_array_mut()?;
    let at = usize::try_from(random.below(all.len() as u64)).ok()?;
    all.get_mut(at).filter(|declaration| declaration.is_object())
}

fn declaration_lacks(random: &mut Random, case: &mut Value) -> bool {
    let (name, value) = random.of(&[
        ("signer", "null"),
        ("signer", "\" \""),
        ("scope", "null"),
        ("scope", "7"),
        ("usages", "[]"),
        ("usages", "null"),
    ]);
    let Some(declaration) = some_declaration(random, case) else { return false };
    declaration[name] = serde_json::from_str(value).unwrap_or_default();
    true
}

fn declaration_words(random: &mut Random, case: &mut Value) -> bool {
    let (name, value) = random.of(&[
        ("usages", "[\"front_covr\"]"),
        ("media", "[\"pirnt\"]"),
        ("territories", "[\"XX\"]"),
        ("valid_until", "\"soon\""),
        ("valid_from", "7"),
        ("valid_untill", "\"2027-01-01\""),
    ]);
    let Some(declaration) = some_declaration(random, case) else { return false };
    declaration[name] = serde_json::from_str(value).unwrap_or_default();
    true
}
