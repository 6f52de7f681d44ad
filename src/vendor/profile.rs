//! The mechanics of a wire profile: a struct of names with defaults, a mark and a source for each,
//! that can be overridden one by one. A value that could change the meaning of a request around
//! it is refused.

/// How sure the public material makes us of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Read in the vendor's own material.
    Confirmed,
    /// Deduced from it.
    Inferred,
    /// Made up here: no source shows it.
    Invented,
    /// Looked for and not found; the default may be empty, which means "not used".
    Unknown,
}

/// One name of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name of the setting, in kebab case.
    pub name: String,
    /// Its value now.
    pub value: String,
    /// How sure it is by default.
    pub mark: Mark,
    /// Where that was read.
    pub source: &'static str,
}

/// What a value must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A GraphQL, JSON or method name.
    Name,
    /// The same, or empty for "not used".
    OptionalName,
    /// Several names with spaces between, or none.
    Names,
    /// A path that starts with a slash; `{...}` are placeholders.
    Path,
    /// A number of at most nine digits.
    Number,
    /// `true` or `false`.
    Flag,
}

impl Shape {
    /// What is wrong with the value, for a person.
    pub fn check(self, value: &str) -> Result<(), String> {
        let (fits, expected) = match self {
            Self::Name => (is_name(value), "a name of letters, digits, `_`, `-` or `.`"),
            Self::OptionalName => (
                value.is_empty() || is_name(value),
                "a name of letters, digits, `_`, `-` or `.`, or nothing",
            ),
            Self::Names => {
                (value.split(' ').all(|n| n.is_empty() || is_name(n)), "names with spaces between")
            }
            Self::Path => {
                (is_path(value), "a path such as `/graphql`, without spaces, `?` and `#`")
            }
            Self::Number => (
                (1..=9).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit()),
                "a number of at most nine digits",
            ),
            Self::Flag => (matches!(value, "true" | "false"), "`true` or `false`"),
        };
        if fits { Ok(()) } else { Err(format!("{value:?} stands there, expected {expected}")) }
    }
}

fn is_name(value: &str) -> bool {
    let starts = value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts
        && value.len() <= 100
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

fn is_path(value: &str) -> bool {
    let harmless = |b: u8| b.is_ascii_graphic() && !matches!(b, b'?' | b'#' | b'\\' | b'"');
    value.starts_with('/')
        && !value.starts_with("//")
        && !value.split('/').any(|segment| segment == "..")
        && value.bytes().all(harmless)
}

/// `some_field` as the setting `some-field`.
pub fn setting(field: &str) -> String {
    field.replace('_', "-")
}

/// A name as it is declared.
pub struct Declared {
    /// The field of the profile's struct.
    pub field: &'static str,
    /// What a value must look like.
    pub shape: Shape,
    /// The value, unless it is overridden.
    pub default: &'static str,
    /// How sure the default is.
    pub mark: Mark,
    /// Where that was read.
    pub source: &'static str,
}

/// Gives each name its default.
pub fn reset(names: &[Declared], slots: Vec<&mut String>) {
    for (name, slot) in names.iter().zip(slots) {
        name.default.clone_into(slot);
    }
}

/// Overrides the name with this setting.
pub fn set(
    names: &[Declared],
    slots: Vec<&mut String>,
    wanted: &str,
    value: &str,
) -> Result<(), String> {
    let mut pairs = names.iter().zip(slots);
    let Some((name, slot)) = pairs.find(|(name, _)| setting(name.field) == wanted) else {
        return Err(format!("{wanted:?} is no name of this profile"));
    };
    name.shape.check(value)?;
    value.clone_into(slot);
    Ok(())
}

/// Every name with its value.
pub fn entries(names: &[Declared], values: &[&String]) -> Vec<Entry> {
    let entry = |(name, value): (&Declared, &&String)| Entry {
        name: setting(name.field),
        value: (*value).clone(),
        mark: name.mark,
        source: name.source,
    };
    names.iter().zip(values).map(entry).collect()
}

/// Declares a profile: `field: Shape = "default", Mark, "source";` for each name.
macro_rules! wire_profile {
    ($(#[$doc:meta])* $profile:ident {
        $($(#[$field_doc:meta])* $field:ident: $shape:ident = $default:literal, $mark:ident, $source:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $profile {
            $($(#[$field_doc])* pub $field: String,)*
        }

        impl Default for $profile {
            fn default() -> Self {
                let mut profile = Self { $($field: String::new(),)* };
                $crate::vendor::profile::reset(Self::NAMES, profile.slots());
                profile
            }
        }

        impl $profile {
            const NAMES: &'static [$crate::vendor::profile::Declared] =
                &[$($crate::vendor::profile::Declared {
                    field: stringify!($field),
                    shape: $crate::vendor::profile::Shape::$shape,
                    default: $default,
                    mark: $crate::vendor::profile::Mark::$mark,
                    source: $source,
                },)*];

            fn slots(&mut self) -> Vec<&mut String> {
                vec![$(&mut self.$field,)*]
            }

            /// Overrides one name, given as its setting in kebab case.
            pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
                $crate::vendor::profile::set(Self::NAMES, self.slots(), name, value)
            }

            /// Every name with its value, mark and source, in the order of declaration.
            pub fn entries(&self) -> Vec<$crate::vendor::profile::Entry> {
                $crate::vendor::profile::entries(Self::NAMES, &[$(&self.$field,)*])
            }
        }

        #[cfg(test)]
        mod defaults {
            #[test]
            fn every_default_has_the_shape_of_its_name() {
                $(assert_eq!(
                    $crate::vendor::profile::Shape::$shape.check($default),
                    Ok(()),
                    stringify!($field)
                );)*
            }

            #[test]
            fn each_name_can_be_overridden_alone() {
                let plain = super::$profile::default();
                for entry in plain.entries() {
                    let mut changed = plain.clone();
                    let same = changed.set(&entry.name, &entry.value);
                    assert_eq!((same, &changed), (Ok(()), &plain), "{}", entry.name);
                    let value = if entry.value.starts_with('/') { "/x" } else { "true" };
                    if let Ok(()) = changed.set(&entry.name, value) {
                        let others = changed.entries().into_iter().zip(plain.entries());
                        let moved: Vec<_> = others.filter(|(a, b)| a != b).map(|(a, _)| a.name).collect();
                        assert!(moved.is_empty() && entry.value == value || moved == [entry.name]);
                    }
                }
                assert!(plain.clone().set("no-such-name", "x").is_err());
            }
        }
    };
}
pub(crate) use wire_profile;

#[cfg(test)]
mod tests {
    use super::Shape::*;

    #[test]
    fn a_value_cannot_change_the_request_around_it() {
        let check = |shape: super::Shape, value: &str, fits: bool| {
            assert_eq!(shape.check(value).is_ok(), fits, "{shape:?} {value:?}");
        };
        check(Name, "createSupportingResource", true);
        check(Name, "_x9", true);
        check(Name, "", false);
        check(Name, "a } mutation { deleteWork", false);
        check(Name, "9lives", false);
        check(Name, &"a".repeat(101), false);
        check(OptionalName, "", true);
        check(OptionalName, "a b", false);
        check(Names, "", true);
        check(Names, "field messages", true);
        check(Names, "field { x }", false);
        check(Path, "/a/{b}/c", true);
        check(Path, "a", false);
        check(Path, "//evil.example", false);
        check(Path, "/a/../b", false);
        check(Path, "/a?b=c", false);
        check(Path, "/a b", false);
        check(Number, "0", true);
        check(Number, "-1", false);
        check(Number, "1234567890", false);
        check(Flag, "true", true);
        check(Flag, "yes", false);
    }
}
