//! `uploadFile`: one file as multipart form data. It waits for the task that names it.

use super::super::Smintio;
use super::super::refusal::Refusal;
use crate::http::Request;
use serde_json::{Value, json};

/// Takes the first part that has a file name.
pub fn take(server: &mut Smintio, request: &Request) -> Result<Value, Refusal> {
    let kind = request.header("content-type").unwrap_or_default();
    let boundary = kind
        .strip_prefix("multipart/form-data")
        .and_then(|rest| rest.split(';').find_map(|part| part.trim().strip_prefix("boundary=")))
        .map(|text| text.trim_matches('"'))
        .filter(|text| !text.is_empty())
        .ok_or_else(|| Refusal::argument("The body must be multipart/form-data"))?;
    let (name, size) = file(&request.body, boundary)
        .ok_or_else(|| Refusal::new(400, "argument_missing", "There is no file in the body"))?;
    server.portal.uploaded += 1;
    let uuid = server.signer.uuid("upload", server.portal.uploaded);
    server.portal.uploads.insert(uuid.clone(), (name, size));
    Ok(json!({"uuid": uuid}))
}

/// Name and size of the first file among the parts.
fn file(body: &[u8], boundary: &str) -> Option<(String, usize)> {
    let delimiter = format!("--{boundary}");
    let mut rest = &body[find(body, delimiter.as_bytes())? + delimiter.len()..];
    while !rest.starts_with(b"--") {
        let head_end = find(rest, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&rest[..head_end]).into_owned();
        rest = &rest[head_end + 4..];
        let end = find(rest, format!("\r\n{delimiter}").as_bytes())?;
        if let Some(name) = head.split("filename=\"").nth(1).and_then(|t| t.split('"').next()) {
            return Some((name.to_owned(), end));
        }
        rest = &rest[end + 2 + delimiter.len()..];
    }
    None
}

fn find(body: &[u8], text: &[u8]) -> Option<usize> {
    body.windows(text.len()).position(|part| part == text)
}

#[cfg(test)]
mod tests {
    use super::file;

    #[test]
    fn parts() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--x\r\n\
            Content-Disposition: form-data; name=\"f\"; filename=\"a.jpg\"\r\n\r\n12345\r\n--x--\r\n";
        assert_eq!(file(body, "x"), Some(("a.jpg".to_owned(), 5)));
        assert_eq!(file(body, "y"), None);
        assert_eq!(file(b"--x--", "x"), None);
    }
}
