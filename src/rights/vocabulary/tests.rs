//! The lists' order and size, and what a set forgets.

use super::*;

const ALL: [Vocabulary; 5] = [
    Vocabulary::Usages,
    Vocabulary::Sizes,
    Vocabulary::Placements,
    Vocabulary::Distributions,
    Vocabulary::Industries,
];

#[test]
fn the_lists_are_ascending_and_fit_a_mask() {
    for vocabulary in ALL {
        let keys = vocabulary.keys();
        assert!(keys.is_sorted_by(|a, b| a < b), "{vocabulary:?}");
        assert!(keys.len() <= 128 && keys.contains(&ANY), "{vocabulary:?}");
        assert!(keys.iter().all(|key| *key == key.to_ascii_lowercase()), "{vocabulary:?}");
    }
    assert_eq!(ALL.map(|v| v.keys().len()), [77, 25, 32, 30, 50]);
}

#[test]
fn case_order_and_duplicates_leave_no_trace() {
    let one = Vocabulary::Placements.set(["page_cover", "Page_Front", "new_2", "new_1"]);
    let other = Vocabulary::Placements.set(["NEW_1", "page_front", "new_2", "PAGE_COVER", "new_2"]);
    assert_eq!(one, other);
    let names: Vec<_> = Vocabulary::Placements.names(one.known).collect();
    assert_eq!(names, ["page_cover", "page_front"]);
    assert!(!one.any && one.is_stated() && one.strangers.len() == 2);
}

#[test]
fn a_key_of_another_vocabulary_is_a_stranger() {
    let set = Vocabulary::Usages.set(["page_cover", "", " any"]);
    assert_eq!((set.known, set.any, set.strangers.len()), (0, false, 3));
}
