//! The guard before every JSON parser: size, UTF-8, "this is HTML", nesting. What passes it can be
//! parsed by recursion without harm.

use crate::fault::Fault;
use crate::limits;

/// The body as text that may be parsed as JSON; the reason why not, otherwise.
pub fn json_text(body: &[u8], bytes_max: usize) -> Result<&str, Fault> {
    if body.len() > bytes_max {
        return unreadable(format!("{} bytes, at most {bytes_max} are read", body.len()));
    }
    let text = std::str::from_utf8(body)
        .map_err(|e| Fault::Unreadable(format!("no UTF-8 at byte {}", e.valid_up_to())))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.chars().next() {
        None => return unreadable("an empty body where JSON was expected".to_owned()),
        Some('<') => return unreadable("HTML or XML where JSON was expected".to_owned()),
        Some(_) => {}
    }
    if depth(text) > limits::JSON_DEPTH_MAX {
        return unreadable(format!("JSON nested deeper than {} levels", limits::JSON_DEPTH_MAX));
    }
    Ok(text)
}

fn unreadable<T>(reason: String) -> Result<T, Fault> {
    Err(Fault::Unreadable(reason))
}

/// How deep brackets nest outside strings. Broken JSON gives some number and is the parser's task.
fn depth(text: &str) -> usize {
    let (mut deepest, mut now) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], expected: Result<&str, &str>) {
        let found = json_text(body, 2_000).map_err(|fault| fault.to_string());
        match (found, expected) {
            (Ok(text), Ok(wanted)) => assert_eq!(text, wanted),
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{reason:?} lacks {part:?}"),
            (found, expected) => panic!("{found:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn only_shallow_json_text_passes() {
        check(b"  {\"a\":1}\n", Ok("{\"a\":1}"));
        check("\u{feff}[]".as_bytes(), Ok("[]"));
        check(b"", Err("empty body"));
        check(b" \n\t", Err("empty body"));
        check(b"<!doctype html><p>502", Err("HTML"));
        check(b"{\"a\":\"\xff\"}", Err("no UTF-8 at byte 6"));
        check(&[b' '; 2_001], Err("2001 bytes"));
        check("[".repeat(64).as_bytes(), Ok("[".repeat(64).as_str()));
        check("[".repeat(65).as_bytes(), Err("deeper than 64"));
        check("{\"a\":".repeat(1_000).get(..1_999).unwrap().as_bytes(), Err("deeper than 64"));
    }

    #[test]
    fn brackets_in_strings_do_not_nest() {
        let text = format!("[\"{}\\\"{}\"]", "[".repeat(100), "{".repeat(100));
        check(text.as_bytes(), Ok(&text));
        let escaped_end = format!("[\"\\\\\",{}", "[".repeat(64));
        check(escaped_end.as_bytes(), Err("deeper than 64"));
    }
}
