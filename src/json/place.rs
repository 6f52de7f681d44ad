//! Where in a text a byte stands, as people write it: `products[2].isbn`.

use super::scan::{Error, Scan};

/// The path of the innermost value that holds this byte; empty: the whole.
pub fn of(text: &str, at: usize) -> String {
    let mut path = String::new();
    let mut start = 0;
    while let Some((name, inner)) = child(text, start, at).ok().flatten() {
        if !path.is_empty() && !name.starts_with('[') {
            path.push('.');
        }
        path.push_str(&name);
        start = inner;
    }
    path
}

/// The element of the value at `start` that holds the byte: its name, and where it begins.
fn child(text: &str, start: usize, at: usize) -> Result<Option<(String, usize)>, Error> {
    let mut scan = Scan::from(text, start);
    let object = match scan.peek() {
        b'{' => true,
        b'[' => false,
        _ => return Ok(None),
    };
    let (open, close) = if object { (b'{', b'}') } else { (b'[', b']') };
    scan.open(open)?;
    let mut place = 0_usize;
    while scan.more(place == 0, close)? {
        let mut name = format!("[{place}]");
        if object {
            name = scan.string()?.into_owned();
            scan.expect(b':')?;
        }
        scan.peek();
        let inner = scan.at();
        let skipped = scan.skip();
        if inner > at {
            return Ok(None);
        }
        // Where the text is broken, the value that cannot be read holds the rest.
        if skipped.is_err() || at <= scan.at() {
            return Ok(Some((name, inner)));
        }
        place += 1;
    }
    Ok(None)
}
