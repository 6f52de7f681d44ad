//! Our own functions. Functions of one text also take a list of texts and give a list. What grows
//! asks the meter first.

use jmespath::{Rcvar, Variable};

use super::collect;
use super::meter::Meter;
use crate::linking::isbn_text;

type Value = Result<Rcvar, String>;

fn string(text: impl Into<String>) -> Rcvar {
    Rcvar::new(Variable::String(text.into()))
}

fn flag(value: bool) -> Rcvar {
    Rcvar::new(Variable::Bool(value))
}

fn strings(texts: impl IntoIterator<Item = String>) -> Rcvar {
    Rcvar::new(Variable::Array(texts.into_iter().map(string).collect()))
}

fn argument(args: &[Rcvar], at: usize) -> &Variable {
    args.get(at).map_or(&Variable::Null, |value| value.as_ref())
}

fn text_of(value: &Variable) -> Result<String, String> {
    match value {
        Variable::String(text) => Ok(text.clone()),
        Variable::Number(number) => Ok(number.to_string()),
        other => Err(format!("a text was expected, found {}", other.get_type())),
    }
}

fn text_at(args: &[Rcvar], at: usize) -> Result<String, String> {
    text_of(argument(args, at))
}

/// Applies a function to a text, or to each text of a list.
fn each(args: &[Rcvar], change: impl Fn(&str) -> String) -> Value {
    match argument(args, 0) {
        Variable::Array(items) => {
            let texts: Result<Vec<_>, _> =
                items.iter().map(|item| text_of(item).map(|text| change(&text))).collect();
            texts.map(strings)
        }
        one => text_of(one).map(|text| string(change(&text))),
    }
}

pub(super) fn lower(args: &[Rcvar], _: &mut Meter) -> Value {
    each(args, str::to_lowercase)
}

pub(super) fn upper(args: &[Rcvar], _: &mut Meter) -> Value {
    each(args, str::to_uppercase)
}

pub(super) fn trim(args: &[Rcvar], _: &mut Meter) -> Value {
    each(args, |text| text.trim().to_owned())
}

pub(super) fn digits(args: &[Rcvar], _: &mut Meter) -> Value {
    each(args, |text| text.chars().filter(char::is_ascii_digit).collect())
}

pub(super) fn stem(args: &[Rcvar], _: &mut Meter) -> Value {
    each(args, |text| file_stem(text).to_owned())
}

/// A file name without folder and extension.
fn file_stem(text: &str) -> &str {
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

pub(super) fn replace(args: &[Rcvar], meter: &mut Meter) -> Value {
    let (text, from, to) = (text_at(args, 0)?, text_at(args, 1)?, text_at(args, 2)?);
    if from.is_empty() {
        return Ok(string(text));
    }
    let times = text.matches(from.as_str()).count();
    meter.allow(1, text.len().saturating_add(times.saturating_mul(to.len())))?;
    Ok(string(text.replace(&from, &to)))
}

pub(super) fn split(args: &[Rcvar], meter: &mut Meter) -> Value {
    let (text, separator) = (text_at(args, 0)?, text_at(args, 1)?);
    if separator.is_empty() {
        return Ok(strings([text]));
    }
    meter.allow(text.matches(separator.as_str()).count().saturating_add(1), text.len())?;
    Ok(strings(text.split(separator.as_str()).map(str::to_owned)))
}

pub(super) fn words(args: &[Rcvar], meter: &mut Meter) -> Value {
    let mut texts = Vec::new();
    collect(argument(args, 0), &mut texts);
    let text = texts.join(" ").to_lowercase();
    meter.allow(text.len() / 2, text.len())?;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    Ok(strings(words.map(str::to_owned)))
}

pub(super) fn join(args: &[Rcvar], meter: &mut Meter) -> Value {
    let glue = text_at(args, 0)?;
    let Variable::Array(items) = argument(args, 1) else {
        return Err("a list was expected as the second argument".to_owned());
    };
    let texts: Vec<String> = items.iter().map(|item| text_of(item)).collect::<Result<_, _>>()?;
    let bytes: usize = texts.iter().map(String::len).sum();
    meter.allow(1, bytes.saturating_add(glue.len().saturating_mul(texts.len())))?;
    Ok(string(texts.join(&glue)))
}

pub(super) fn concat(args: &[Rcvar], _: &mut Meter) -> Value {
    let mut whole = String::new();
    for arg in args.iter().filter(|arg| !arg.is_null()) {
        whole.push_str(&text_of(arg)?);
    }
    Ok(string(whole))
}

pub(super) fn coalesce(args: &[Rcvar], _: &mut Meter) -> Value {
    let empty = |value: &Variable| match value {
        Variable::Null => true,
        Variable::String(text) => text.trim().is_empty(),
        Variable::Array(items) => items.is_empty(),
        Variable::Object(fields) => fields.is_empty(),
        _ => false,
    };
    let found = args.iter().find(|arg| !empty(arg));
    Ok(found.cloned().unwrap_or_else(|| Rcvar::new(Variable::Null)))
}

pub(super) fn choose(args: &[Rcvar], _: &mut Meter) -> Value {
    let at = if argument(args, 0).is_truthy() { 1 } else { 2 };
    Ok(args.get(at).cloned().unwrap_or_else(|| Rcvar::new(Variable::Null)))
}

pub(super) fn is_null(args: &[Rcvar], _: &mut Meter) -> Value {
    Ok(flag(argument(args, 0).is_null()))
}

pub(super) fn matches_prefix(args: &[Rcvar], _: &mut Meter) -> Value {
    let (text, prefix) = (text_at(args, 0)?.to_lowercase(), text_at(args, 1)?.to_lowercase());
    Ok(flag(text.trim_start().starts_with(prefix.trim())))
}

pub(super) fn isbn13(args: &[Rcvar], _: &mut Meter) -> Value {
    let mut texts = Vec::new();
    collect(argument(args, 0), &mut texts);
    let mut found: Vec<String> = Vec::new();
    for isbn in texts.iter().flat_map(|text| isbn_text::find(text).good) {
        let isbn = isbn.to_string();
        if !found.contains(&isbn) {
            found.push(isbn);
        }
    }
    Ok(strings(found))
}
