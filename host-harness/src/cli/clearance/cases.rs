//! The three spellings of a file of cases.
//!
//! Invariant: a file that is none of them is refused whole, with the line where it breaks.

use serde_json::Value;

/// The cases of a file: `{"cases": [...]}`, an array, or one object a line.
pub fn parse(text: &str) -> Result<Vec<Value>, String> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(cases)) => Ok(cases),
        Ok(Value::Object(mut object)) => match object.remove("cases") {
            Some(Value::Array(cases)) => Ok(cases),
            Some(_) => Err("`cases` is no list".to_owned()),
            None => Ok(vec![Value::Object(object)]),
        },
        Ok(_) => Err("the file holds no cases: an object, a list or JSON lines".to_owned()),
        Err(whole) => lines(text).map_err(|(number, error)| {
            // A single document that is broken is not told about as a file of lines.
            if number <= 1 { format!("the file is no JSON: {whole}") } else { error }
        }),
    }
}

fn lines(text: &str) -> Result<Vec<Value>, (usize, String)> {
    let mut cases = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let number = number + 1;
        match serde_json::from_str::<Value>(line) {
            Ok(case @ Value::Object(_)) => cases.push(case),
            Ok(_) => return Err((number, format!("line {number} is no JSON object"))),
            Err(error) => return Err((number, format!("line {number}: {error}"))),
        }
    }
    Ok(cases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_spelling_gives_the_same_cases() {
        for text in [
            r#"{"about": "x", "cases": [{"id": "a"}, {"id": "b"}]}"#,
            r#"[{"id": "a"}, {"id": "b"}]"#,
            "{\"id\": \"a\"}\n\n{\"id\": \"b\"}\n",
        ] {
            let ids: Vec<Value> =
                parse(text).unwrap().into_iter().map(|case| case["id"].clone()).collect();
            assert_eq!(ids, ["a", "b"], "{text}");
        }
        assert_eq!(parse(r#"{"id": "a"}"#).unwrap().len(), 1);
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_file_of_cases_says_where_it_breaks() {
        for (text, expected) in [
            ("7", "no cases"),
            (r#"{"cases": 1}"#, "no list"),
            ("{\"id\": \"a\"}\nnonsense", "line 2"),
            ("{\"id\": \"a\"}\n7", "line 2"),
            ("{\n  \"id\": }", "no JSON"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
