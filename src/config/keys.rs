//! Every key of the configuration, in one table. The reader, the JSON Schema and the page in
//! `docs/` are made from it, so none of them can know a key that the others do not.

/// What stands at a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Text of at most so many characters, not blank.
    Text(usize),
    /// Letters, digits and hyphens, at most so many.
    Plain(usize),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of these words.
    Choices(&'static [&'static str]),
    /// True or false.
    Flag,
    /// A whole number between these.
    Whole(i64, i64),
    /// A positive ratio, kept in thousandths.
    Ratio,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// Scheme, host and port.
    BaseUrl,
    /// A list of at most so many of those.
    BaseUrls(usize),
    /// An address with these placeholders, of which the first is needed.
    PageUrl(&'static [&'static str]),
    /// The name of a connection.
    Connection,
    /// The name of a culture, such as `en`.
    Culture,
    /// A JMESPath expression.
    Expression,
    /// An ISBN.
    Isbn,
    /// A list of at most so many texts.
    Texts(usize),
    /// A table.
    Table(&'static Section),
    /// A list of at most so many tables; a single table counts as a list of one.
    Tables(&'static Section, usize),
    /// Names of a wire profile and their values.
    Profile,
}

/// Whether a key must be there, and what holds where it is not.
#[derive(Clone, Copy, Debug)]
pub(super) enum Need {
    /// It must be there.
    Required,
    /// Nothing holds in its place.
    Optional,
    /// This JSON holds in its place.
    Default(&'static str),
}

/// A key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// The key, in kebab-case.
    pub name: &'static str,
    /// What stands there.
    pub kind: Kind,
    /// Whether it must be there.
    pub need: Need,
    /// What it means, in a sentence.
    pub about: &'static str,
    /// An example as JSON; empty: none.
    pub example: &'static str,
    /// Whether it decides where an asset goes or what is written there.
    pub maps: bool,
}

/// A table of keys.
#[derive(Debug)]
pub(super) struct Section {
    /// What it is called in forms.
    pub title: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// Its keys in their order.
    pub keys: &'static [Key],
    /// Whether a key may also be spelled with underscores, as the vendor and worked cases do.
    pub either_case: bool,
}

const fn key(name: &'static str, kind: Kind, need: Need, about: &'static str) -> Key {
    Key { name, kind, need, about, example: "", maps: false }
}

pub(super) const fn required(name: &'static str, kind: Kind, about: &'static str) -> Key {
    key(name, kind, Need::Required, about)
}

pub(super) const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Key {
    key(name, kind, Need::Optional, about)
}

pub(super) const fn default(
    name: &'static str,
    kind: Kind,
    value: &'static str,
    about: &'static str,
) -> Key {
    key(name, kind, Need::Default(value), about)
}

impl Key {
    /// With an example.
    pub(super) const fn such_as(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// A key of the mapping.
    pub(super) const fn maps(self) -> Self {
        Self { maps: true, ..self }
    }
}
