//! Where in a JSON text a byte stands, as people write it: `products[2].isbn`.

/// A list or an object that is open.
enum Open {
    /// At its so-manyeth element.
    List(usize),
    /// At the value of this key; `None`: at its beginning.
    Object(Option<String>),
}

/// The path of the innermost value that the reader was at when it stopped, from 1 as `serde_json`
/// counts; empty: the whole.
pub fn of(text: &[u8], line: usize, column: usize) -> String {
    let lines = text.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    let at = before + column.saturating_sub(1);
    let mut open: Vec<Open> = Vec::new();
    let mut bytes = text.iter().take(at + 1);
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => open.push(Open::Object(None)),
            b'[' => open.push(Open::List(0)),
            b'}' | b']' => drop(open.pop()),
            b',' => match open.last_mut() {
                Some(Open::List(element)) => *element += 1,
                Some(Open::Object(key)) => *key = None,
                None => {}
            },
            b'"' => {
                let text = text_of(&mut bytes);
                if let Some(Open::Object(key @ None)) = open.last_mut() {
                    *key = Some(text);
                }
            }
            _ => {}
        }
    }
    path(&open)
}

/// What stands up to the closing quote.
fn text_of<'a>(bytes: &mut impl Iterator<Item = &'a u8>) -> String {
    let mut text = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => text.extend(bytes.next()),
            byte => text.push(*byte),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn path(open: &[Open]) -> String {
    let mut path = String::new();
    for open in open {
        match open {
            Open::List(element) => path.push_str(&format!("[{element}]")),
            Open::Object(Some(key)) => {
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(key);
            }
            Open::Object(None) => {}
        }
    }
    path
}
