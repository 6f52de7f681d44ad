//! Tenant-edited rows.

use super::*;

#[test]
fn rows_hold_any_and_may_name_new_keys() {
    let mut table = NeedTable::default();
    table.set_usage(Role::FrontCover, &["book_covers_2031"]);
    let need = table.usage.row(row_of(Role::FrontCover)).unwrap();
    let old = Vocabulary::Usages.set(["publishing_editorial_any"]);
    let any = Vocabulary::Usages.set(["any"]);
    assert_eq!((need.hits(&old), need.hits(&any) != 0), (0, true));
    assert!(need.names("book_covers_2031") && table.usage.knows("book_covers_2031"));
    assert!(!table.usage.knows("book_covers_2032"));
}

#[test]
fn rows_follow_the_roles() {
    let table = NeedTable::default();
    for (index, role) in Role::ALL.into_iter().enumerate() {
        assert_eq!(row_of(role), index, "{role}");
        let has_place = matches!(role, Role::FrontCover | Role::FullCover | Role::Interior);
        assert_eq!(table.placement.row(index).is_some(), has_place, "{role}");
        assert!(table.usage.row(index).is_some() && table.size.row(index).is_some(), "{role}");
    }
}
