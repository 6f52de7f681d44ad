//! Collects everything that is wrong, in the words of a person, and never shows a secret.

use super::Problem;
use super::keys::Section;
use crate::limits::CONFIG_PROBLEMS_MAX;

/// Words in a key that make it look like a secret.
const SECRETS: [&str; 7] =
    ["secret", "password", "passwd", "token", "apikey", "privatekey", "authorization"];

/// The problems so far.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Problem>,
    left_out: usize,
}

impl Problems {
    /// Adds one.
    pub(super) fn add(
        &mut self,
        path: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
        fix: impl Into<String>,
    ) {
        if self.list.len() >= CONFIG_PROBLEMS_MAX {
            self.left_out += 1;
            return;
        }
        self.list.push(Problem {
            path: path.to_owned(),
            found: found.into(),
            expected: expected.into(),
            fix: fix.into(),
        });
    }

    /// Adds a key that the section does not have, and gives the key that was probably meant: that
    /// one is not missing as well.
    pub(super) fn unknown_key(
        &mut self,
        path: &str,
        name: &str,
        section: &'static Section,
    ) -> Option<&'static str> {
        let known: Vec<_> = section.keys.iter().map(|key| key.name).collect();
        if looks_secret(name) {
            self.secret(path);
            return None;
        }
        let meant = nearest(name, &known);
        let fix = match meant {
            Some(near) => format!("Write {near:?} if that was meant, else remove it."),
            None => "Remove it.".to_owned(),
        };
        let found = format!("the unknown key {:?}", shorten(name));
        self.add(path, found, format!("one of {}", known.join(", ")), fix);
        meant
    }

    /// Adds a key that holds a secret.
    pub(super) fn secret(&mut self, path: &str) {
        self.add(
            path,
            "a key for a secret (its value is not shown)",
            "no secret in the configuration",
            "Remove it, give the secret to the platform under a connection name, and name that \
             connection in `connection`. If the file was shared, replace the secret.",
        );
    }

    /// Adds a word that is none of those known.
    pub(super) fn unknown_word(&mut self, path: &str, word: &str, known: &[&str]) {
        let fix = match nearest(word, known) {
            Some(near) => format!("Write {near:?} if that was meant."),
            None => "Choose one of them.".to_owned(),
        };
        let found = format!("{:?}", shorten(word));
        self.add(path, found, format!("one of {}", known.join(", ")), fix);
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them, by path.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        if self.left_out > 0 {
            self.list.push(Problem {
                path: String::new(),
                found: match self.left_out {
                    1 => "1 more problem".to_owned(),
                    some => format!("{some} more problems"),
                },
                expected: "none".to_owned(),
                fix: "Mend those listed and check again.".to_owned(),
            });
        }
        self.list
    }
}

/// Whether a key is one that people put secrets under.
pub(super) fn looks_secret(name: &str) -> bool {
    let plain: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    SECRETS.iter().any(|word| plain.contains(word))
}

/// A text as it may stand in a problem.
pub(super) fn shorten(text: &str) -> String {
    const CHARS_MAX: usize = 80;
    let mut short: String = text.chars().take(CHARS_MAX).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The known word that differs least, if it differs little.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let word = plain(&shorten(word));
    let scored = known.iter().map(|one| (distance(&word, &plain(one)), *one));
    let (steps, near) = scored.min_by_key(|(steps, _)| *steps)?;
    (steps <= near.len() / 3).then_some(near)
}

/// How many letters must be changed, added or dropped.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut next = vec![i + 1];
        let mut left = i + 1;
        for (b, pair) in other.iter().zip(row.windows(2)) {
            let [diagonal, above] = pair else { continue };
            let step = usize::from(a != *b);
            left = (diagonal + step).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_is_offered() {
        let known = ["base-url", "connection", "portal", "poll-ms"];
        let cases = [
            ("base_url", Some("base-url")),
            ("baseurl", Some("base-url")),
            ("conection", Some("connection")),
            ("Connection", Some("connection")),
            ("poll", None),
            ("pol-ms", Some("poll-ms")),
            ("something", None),
            ("", None),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, &known), expected, "{word}");
        }
    }

    #[test]
    fn keys_for_secrets_are_known() {
        for name in ["token", "client-secret", "API_KEY", "apiKey", "password", "Authorization"] {
            assert!(looks_secret(name), "{name}");
        }
        for name in ["connection", "base-url", "keywords"] {
            assert!(!looks_secret(name), "{name}");
        }
    }
}
