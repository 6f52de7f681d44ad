//! One table of cases over every implementation of the store.

use super::durable::DurableFile;
use super::memory::MemoryStore;
use super::*;

/// A folder that goes away with the test.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("connector-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> std::path::PathBuf {
        self.0.join("state.redb")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn over_both(name: &str, check: impl Fn(&dyn Store)) {
    check(&MemoryStore::default());
    let folder = Folder::new(name);
    check(&DurableFile::open(&folder.file()).unwrap().tenant("t"));
}

fn put(key: &str, expected: Option<u64>, value: &str) -> ConditionalPut {
    ConditionalPut { key: key.to_owned(), expected, value: value.as_bytes().to_vec() }
}

fn stored(outcome: Result<PutOutcome, Error>) -> u64 {
    match outcome.unwrap() {
        PutOutcome::Stored(version) => version,
        PutOutcome::Lost(entry) => panic!("lost to {entry:?}"),
    }
}

#[test]
fn a_put_needs_the_version_that_was_read() {
    over_both("put", |store| {
        assert_eq!(store.get("a").unwrap(), None);
        let first = stored(store.put_if(&put("a", None, "1")));
        let lost = store.put_if(&put("a", None, "2")).unwrap();
        let current = Entry { key: "a".to_owned(), value: b"1".to_vec(), version: first };
        assert_eq!(lost, PutOutcome::Lost(Some(current)));
        let second = stored(store.put_if(&put("a", Some(first), "2")));
        assert_ne!(first, second);
        assert_eq!(store.put_if(&put("b", Some(1), "x")).unwrap(), PutOutcome::Lost(None));
    });
}

#[test]
fn a_version_never_comes_back_after_a_deletion() {
    over_both("delete", |store| {
        let first = stored(store.put_if(&put("a", None, "1")));
        assert!(matches!(store.delete_if("a", first + 9).unwrap(), DeleteOutcome::Lost(Some(_))));
        assert_eq!(store.delete_if("a", first).unwrap(), DeleteOutcome::Deleted);
        assert_eq!(store.delete_if("a", first).unwrap(), DeleteOutcome::Lost(None));
        let again = stored(store.put_if(&put("a", None, "1")));
        assert!(again > first);
    });
}

#[test]
fn apply_stops_at_the_first_that_is_lost_and_keeps_those_before() {
    over_both("apply", |store| {
        let a = stored(store.put_if(&put("a", None, "1")));
        let puts = [put("b", None, "1"), put("a", Some(a + 7), "2"), put("c", None, "1")];
        assert_eq!(store.apply(&puts).unwrap().len(), 1);
        let found = store.get_many(&["a".into(), "b".into(), "c".into()]).unwrap();
        let values: Vec<_> = found.iter().map(|e| e.as_ref().map(|e| e.value.clone())).collect();
        assert_eq!(values, [Some(b"1".to_vec()), Some(b"1".to_vec()), None]);
    });
}

#[test]
fn a_scan_pages_through_a_prefix_in_byte_order() {
    over_both("scan", |store| {
        for key in ["p/3", "p/1", "q/1", "p/2", "o/9", "p/ü"] {
            stored(store.put_if(&put(key, None, key)));
        }
        let mut seen = Vec::new();
        let mut start = None;
        loop {
            let page = store.scan("p/", start.as_deref(), 2).unwrap();
            assert!(page.entries.len() <= 2);
            seen.extend(page.entries.into_iter().map(|entry| entry.key));
            start = page.next;
            if start.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["p/1", "p/2", "p/3", "p/ü"]);
        assert_eq!(store.scan("p/", Some("a"), 1).unwrap().entries[0].key, "p/1");
        assert_eq!(store.scan("none/", None, 5).unwrap(), Page { entries: vec![], next: None });
    });
}

#[test]
fn bounds_are_refused_with_the_bound() {
    over_both("bounds", |store| {
        let long = "k".repeat(KEY_BYTES_MAX + 1);
        assert!(matches!(store.get(""), Err(Error::Other(_))));
        assert!(matches!(store.put_if(&put(&long, None, "")), Err(Error::Other(_))));
        let big = ConditionalPut {
            key: "k".to_owned(),
            expected: None,
            value: vec![0; VALUE_BYTES_MAX + 1],
        };
        assert_eq!(store.put_if(&big), Err(Error::TooLarge(VALUE_BYTES_MAX as u64)));
        let many: Vec<String> = (0..=ENTRIES_MAX).map(|n| n.to_string()).collect();
        assert!(store.get_many(&many).is_err());
    });
}

#[test]
fn tenants_do_not_see_each_other_and_values_survive_reopening() {
    let folder = Folder::new("tenants");
    let version = {
        let file = DurableFile::open(&folder.file()).unwrap();
        file.put_secret("c", "rotated").unwrap();
        stored(file.tenant("one").put_if(&put("k", None, "1")))
    };
    let file = DurableFile::open(&folder.file()).unwrap();
    assert_eq!(file.tenant("two").get("k").unwrap(), None);
    assert_eq!(file.tenant("one").get("k").unwrap().unwrap().version, version);
    assert_eq!(file.secret("c").unwrap().as_deref(), Some("rotated"));
    assert!(stored(file.tenant("two").put_if(&put("k", None, "1"))) > version);
}

#[test]
fn a_store_in_use_says_so() {
    let folder = Folder::new("busy");
    let _held = DurableFile::open(&folder.file()).unwrap();
    let error = DurableFile::open(&folder.file()).err().unwrap().to_string();
    assert!(error.contains("in use by another process"), "{error}");
}
