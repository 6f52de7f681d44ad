//! What expressions give, what is refused, and that hostile ones end.

use super::*;

const DOCUMENT: &str = r#"{
    "name": {"x-default": "978-0-306-40615-7 Cover"}, "size": 3, "tags": ["Front", "COVER"],
    "fileMetadata": {"fileName": "in/0306406152_FC.v2.jpg"},
    "rawData": {"status": "final", "isbns": ["9780306406157"], "empty": "", "list": [1, 2, 3, 4]}
}"#;

#[test]
fn texts() {
    let cases: &[(&str, &[&str])] = &[
        ("rawData.isbns", &["9780306406157"]),
        ("name", &["978-0-306-40615-7 Cover"]),
        ("size", &["3"]),
        ("rawData.missing.deeper", &[]),
        ("isbn13(name)", &["9780306406157"]),
        ("isbn13([fileMetadata.fileName, name])", &["9780306406157"]),
        ("isbn13(rawData.missing)", &[]),
        ("lower(tags)", &["front", "cover"]),
        ("upper(rawData.status)", &["FINAL"]),
        ("trim('  a ')", &["a"]),
        ("replace('a-b-c', '-', '+')", &["a+b+c"]),
        ("replace('abc', '', 'x')", &["abc"]),
        ("split('a|b', '|')[1]", &["b"]),
        ("split('ab', '')", &["ab"]),
        ("concat('a', `1`, rawData.missing, 'b')", &["a1b"]),
        ("coalesce(rawData.missing, rawData.empty, rawData.status)", &["final"]),
        ("if(size == `3`, 'yes', 'no')", &["yes"]),
        ("if(is_null(rawData.missing), 'none', 'some')", &["none"]),
        ("digits('a1b2')", &["12"]),
        ("stem(fileMetadata.fileName)", &["0306406152_FC.v2"]),
        ("words(fileMetadata.fileName)", &["in", "0306406152", "fc", "v2", "jpg"]),
        ("join('+', tags)", &["Front+COVER"]),
        ("rawData.list[::-2]", &["4", "2"]),
        ("rawData.list[1:3]", &["2", "3"]),
        ("rawData.list[-1]", &["4"]),
        ("rawData.list[-2147483647]", &[]),
        ("rawData.list[::2147483647]", &["1"]),
        ("rawData.list[-2147483647:2147483647]", &["1", "2", "3", "4"]),
        ("rawData.list[?@ > `2`]", &["3", "4"]),
        ("rawData.*[] | [1]", &["9780306406157"]),
        ("{a: size, b: tags[0]}", &["3", "Front"]),
        ("tags[*].{t: @}[].t", &["Front", "COVER"]),
        ("sort(tags)", &["COVER", "Front"]),
        ("to_string(size)", &["3"]),
    ];
    let document = document(DOCUMENT);
    for (text, expected) in cases {
        let found = Expression::parse(text).unwrap().texts(&document).unwrap();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn conditions() {
    let cases = [
        ("rawData.status == 'final'", true),
        ("rawData.status != 'final'", false),
        ("contains(rawData.missing, 'x')", false),
        ("contains(tags, 'Front')", true),
        ("contains(words(fileMetadata.fileName), 'fc')", true),
        ("matches_prefix(rawData.status, 'FIN')", true),
        ("!(rawData.missing)", true),
        ("!missing && !(rawData.missing)", true),
        ("rawData.empty", false),
        ("size > `2` && size < `4`", true),
        ("name || rawData.empty", true),
    ];
    for (text, expected) in cases {
        let expression = Expression::parse(text).unwrap();
        assert_eq!(expression.holds(&document(DOCUMENT)), Ok(expected), "{text}");
    }
}

#[test]
fn refused_when_read() {
    let deep = "(".repeat(65) + "a" + &")".repeat(65);
    let not = "!".repeat(300) + "a";
    let stars = "a".to_owned() + &"[*]".repeat(300);
    let long = "a".repeat(2_049);
    let cases: &[(&str, &str)] = &[
        ("", "empty"),
        ("  ", "empty"),
        (&deep, "deeper than 64"),
        (&not, "more than 128 operators"),
        (&stars, "more than 128 operators"),
        (&long, "2049 bytes"),
        ("a b", "no JMESPath at character"),
        ("a.'open", "no JMESPath"),
        ("shout(name)", "unknown function shout()"),
        ("a[?shout(@)]", "unknown function shout()"),
        ("lower()", "lower() with 0 arguments, it takes 1"),
        ("if(a, b)", "it takes 3"),
        ("sort_by(tags, &@)", "unknown function sort_by()"),
        ("to_array(&a)", "expression reference"),
        ("a[::0]", "step 0"),
        ("!a.b", "write !(a.b)"),
        ("x && !a.*", "write !(a.b)"),
        ("!a[?b]", "write !(a.b)"),
        ("!a[]", "write !(a.b)"),
        ("a[99999999999]", "no JMESPath"),
    ];
    for (text, expected) in cases {
        let error = Expression::parse(text).unwrap_err();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn a_document_that_is_no_json_is_null() {
    let nothing = document("{\"name\": ");
    assert_eq!(Expression::parse("@").unwrap().texts(&nothing), Ok(vec![]));
    assert_eq!(Expression::parse("name == 'x'").unwrap().holds(&nothing), Ok(false));
}

#[test]
fn operators_of_two_characters_count_once() {
    let many = |times| vec!["a == 'x'"; times].join(" || ");
    assert!(Expression::parse(&many(60)).is_ok());
    assert!(Expression::parse(&many(66)).is_err());
}

#[test]
fn brackets_in_quotes_do_not_count() {
    let text = format!("contains(name, '{}')", "([{.!".repeat(100));
    assert!(Expression::parse(&text).is_ok());
}

#[test]
fn hostile_expressions_end_with_a_reason() {
    let doubled = |part: &str, times| vec![part; times].join("|");
    let cases = [
        doubled("[@,@]", 50),
        doubled("[@,@][]", 40),
        doubled("[to_string(@),to_string(@)]", 20),
        doubled("join(to_string(@), ['a','b','c','d'])", 20),
        doubled("concat(to_string(@),to_string(@))", 20),
        doubled("replace(to_string(@),'a','aaaaaaaaaaaaaaaaaaaa')", 20),
        doubled("[@,@]", 40) + "| @ == @",
        doubled("{a:@,b:@}", 40) + "| *.*.*.*.*",
        format!("[{}]", vec!["words(@.t)"; 60].join(",")) + "[]|[@,@,@][]|[@,@,@][]",
    ];
    let document = document(&format!(r#"{{"t": "{}"}}"#, "a b ".repeat(500)));
    for text in cases {
        let error = Expression::parse(&text).unwrap().texts(&document).unwrap_err();
        assert!(error.contains("more than"), "{text}: {error}");
    }
}

/// The deepest expressions that pass the guard need less stack than a component has.
#[test]
fn deep_expressions_fit_the_stack() {
    let deepest = |n: usize| {
        [
            "(".repeat(n) + "a" + &")".repeat(n),
            "!".repeat(n) + "a",
            "a".to_owned() + &"[]".repeat(n),
            "a".to_owned() + &".*".repeat(n),
            vec!["a"; n].join("."),
            vec!["a"; n].join("|"),
            "a[?".repeat(n) + "b" + &"]".repeat(n),
            "lower(".repeat(n) + "a" + &")".repeat(n),
            "[".repeat(n) + "a" + &"]".repeat(n),
        ]
    };
    let deepest: Vec<String> = [31, 63, 64, 127, 128].into_iter().flat_map(deepest).collect();
    let run = move || {
        for text in deepest {
            let document = document(r#"{"a": [[[["x"]]]]}"#);
            drop(Expression::parse(&text).map(|e| e.texts(&document)));
        }
    };
    // A component is always optimised; without optimisation frames are several times as large.
    let stack = if cfg!(debug_assertions) { 2 << 20 } else { 512 << 10 };
    let thread = std::thread::Builder::new().stack_size(stack).spawn(run).unwrap();
    assert!(thread.join().is_ok());
}

#[test]
fn every_function_can_be_called_and_the_table_is_sorted() {
    assert!(FUNCTIONS.is_sorted_by_key(|function| function.name));
    for function in FUNCTIONS {
        let args = vec!["a"; function.arguments.0].join(", ");
        let expression = Expression::parse(&format!("{}({args})", function.name)).unwrap();
        let result = expression.texts(&document(r#"{"b": 1}"#));
        assert!(result.is_ok(), "{} does not take null: {result:?}", function.name);
    }
}
