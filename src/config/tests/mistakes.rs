//! Bad configurations: every mistake is one problem with its path, all at once, and no secret is
//! ever shown.

use serde_json::json;

use super::*;

/// One mistake: where it is put (a JSON pointer), what, and the path and a part of the text that
/// it must give.
type Mistake = (String, Value, String, String);

fn mistakes() -> Vec<Mistake> {
    serde_json::from_str(include_str!("mistakes.json")).unwrap()
}

#[test]
fn each_mistake_is_one_problem() {
    for (pointer, value, path, part) in mistakes() {
        let mut config = smallest();
        // A misspelled key stands in place of the right one.
        if let ("/consonance/conection", Some(object)) =
            (pointer.as_str(), config["consonance"].as_object_mut())
        {
            object.remove("connection");
        }
        if let ("/smintio/portals/base_url", Some(object)) =
            (pointer.as_str(), config["smintio"]["portals"].as_object_mut())
        {
            object.remove("base-url");
        }
        put(&mut config, &pointer, value.clone());
        let found = problems(&config);
        let [one] = found.as_slice() else { panic!("{pointer} {value}: {found:#?}") };
        assert_eq!(one.path, path, "{one:?}");
        let text = format!("{} {} {}", one.found, one.expected, one.fix);
        assert!(text.contains(&part), "{path}: {text} lacks {part}");
        assert!(!text.contains("hunter2"), "{text}");
        assert!(![&one.found, &one.expected, &one.fix].iter().any(|text| text.is_empty()));
    }
}

#[test]
fn ten_mistakes_are_ten_problems_at_once() {
    let mut config = smallest();
    let chosen = [
        "/first-run",
        "/start-from",
        "/nonsense",
        "/consonance/overlap-days",
        "/consonance/token",
        "/smintio/portals/poll-ms",
        "/source",
        "/link-rule",
        "/attachment",
        "/engine/withdrawal",
    ];
    let mut paths = Vec::new();
    for pointer in chosen {
        let (_, value, path, _) =
            mistakes().into_iter().find(|mistake| mistake.0 == pointer).unwrap();
        put(&mut config, pointer, value);
        paths.push(path);
    }
    let mut found: Vec<_> = problems(&config).into_iter().map(|one| one.path).collect();
    crate::order::sort(&mut found);
    crate::order::sort(&mut paths);
    assert_eq!(found, paths);
}

#[test]
fn what_is_missing_is_listed() {
    let paths: Vec<_> = problems(&json!({})).into_iter().map(|one| one.path).collect();
    assert_eq!(paths, ["consonance", "smintio", "source"]);
    let nulls = json!({"consonance": null, "smintio": null, "source": null});
    assert_eq!(problems(&nulls).len(), 3);
}

#[test]
fn what_is_no_configuration_is_one_problem() {
    let deep = "[".repeat(5_000);
    let large = format!("\"{}\"", "x".repeat(CONFIG_BYTES_MAX));
    for text in ["", "{", "[]", "7", "{\"a\": NaN}", &deep, &large, "first-run = \"plan\""] {
        let found = parse(text).unwrap_err();
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[test]
fn problems_are_bounded() {
    let sources: Vec<_> = (0..900).map(|_| json!({"role": 1})).collect();
    let found = problems(&with("/source", json!(sources)));
    assert_eq!(found.len(), crate::limits::CONFIG_PROBLEMS_MAX + 1);
    assert_eq!(found.last().unwrap().found, "1700 more problems");
}
