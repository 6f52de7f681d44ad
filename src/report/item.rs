//! An inbox item as a run raises it: which kind of question, about which record, and what a person
//! can answer.

/// What an item is about, as in `wit/inbox.wit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A record that cannot be read.
    BadRecord,
    /// An asset that belongs to no title.
    Unlinked,
    /// An asset that might belong to several.
    Ambiguous,
    /// The first plan.
    FirstRun,
    /// More changes than the guard lets pass.
    Guard,
    /// An image that should come off a title.
    Withdrawal,
    /// A file that does not fit its role.
    WrongFile,
    /// An image that was there before us.
    Adoption,
    /// A mapping that would change what is there.
    MappingChanged,
    /// Somebody changed what we wrote.
    ForeignEdit,
    /// A create of which it cannot be said whether it happened.
    MaybeCreated,
    /// A collection of ours that a person deleted.
    CollectionGone,
    /// Several collections with one marker.
    CollectionDoubled,
    /// A collection of ours that a person renamed.
    CollectionRenamed,
    /// A context card that a person changed.
    CardEdited,
    /// A context card of which it cannot be said whether it was posted.
    CardUnknown,
    /// A kit for outsiders that holds something which is not cleared.
    ShareUncleared,
    /// A share under a kit's name that we did not make.
    ShareForeign,
}

impl Kind {
    /// The spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRecord => "bad-record",
            Self::Unlinked => "unlinked",
            Self::Ambiguous => "ambiguous",
            Self::FirstRun => "first-run",
            Self::Guard => "guard",
            Self::Withdrawal => "withdrawal",
            Self::WrongFile => "wrong-file",
            Self::Adoption => "adoption",
            Self::MappingChanged => "mapping-changed",
            Self::ForeignEdit => "foreign-edit",
            Self::MaybeCreated => "maybe-created",
            Self::CollectionGone => "collection-gone",
            Self::CollectionDoubled => "collection-doubled",
            Self::CollectionRenamed => "collection-renamed",
            Self::CardEdited => "card-edited",
            Self::CardUnknown => "card-unknown",
            Self::ShareUncleared => "share-uncleared",
            Self::ShareForeign => "share-foreign",
        }
    }

    /// What a person can do about it: (id, label).
    pub fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            // `retry` is only a note on these: whoever answers shall not wait for its effect.
            Self::BadRecord | Self::WrongFile => &[("retry", SEEN)],
            Self::Unlinked => {
                &[("retry", "Note that you saw to it; each run looks for its title again anyway")]
            }
            Self::Ambiguous => &[("use", "Use this one and take the others off")],
            Self::FirstRun | Self::MappingChanged | Self::Guard => {
                &[("accept", "Make these changes with the next run")]
            }
            Self::Withdrawal => &[
                ("withdraw", "Take our image off the title"),
                ("keep", "Leave it there on our responsibility"),
            ],
            Self::Adoption => &[
                ("adopt", "The image that is there is this one: leave it and write nothing"),
                ("add", "Add ours beside it"),
                ("replace", "Put ours in its place; the other one is detached, not deleted"),
            ],
            Self::ForeignEdit => {
                &[("restore", "Write ours again"), ("accept", "Leave it as the person made it")]
            }
            Self::CollectionGone => &[("restore", "Make it again"), ("leave", "Leave it deleted")],
            Self::CollectionDoubled => &[(
                "retry",
                "Note that you saw to it; each run looks again whether all but one were deleted \
                 or renamed",
            )],
            Self::CollectionRenamed => &[
                ("restore", "Give it our name again"),
                ("leave", "Leave it as the person named it"),
            ],
            Self::CardEdited => {
                &[("restore", "Write our card again"), ("leave", "Leave it as the person made it")]
            }
            Self::CardUnknown => {
                &[("post", "Post the card again"), ("leave", "It is there, or nobody needs it")]
            }
            Self::ShareUncleared => &[(
                "retry",
                "Note that you saw to it; each run looks again whether it was taken out or cleared",
            )],
            Self::ShareForeign => &[
                ("adopt", "It is the kit's: keep it in step with the kit, and end it with the kit"),
                ("leave", "It is somebody's own: leave it, and do not share the kit beside it"),
            ],
            Self::MaybeCreated => &[(
                "retry",
                "Note that you saw to it; each run looks again which images are there, and goes on \
                 once that is clear",
            )],
        }
    }
}

/// What `retry` means where each run looks again by itself.
const SEEN: &str = "Note that you saw to it; each run looks at it again anyway, and it goes once it \
                    was mended at its source";

/// What `retry` means for a purchase, which its feed does not show again by itself.
const SEEN_PURCHASE: &str = "Note that you saw to it; it is read again when Smint.io delivers it \
                             again, which each change of it there does";

/// What a person can answer about something that was refused and is not tried again by itself.
pub fn again() -> Vec<(String, String)> {
    let label =
        "Try it again with the next run; without this it is not tried again until it changes";
    vec![("retry".to_owned(), label.to_owned())]
}

/// An item as a run raises it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `<kind>:<record>`.
    pub id: String,
    /// The kind.
    pub kind: Kind,
    /// The source record.
    pub record_id: String,
    /// What happened.
    pub message: String,
    /// What the question is about; an answer holds while this stays the same.
    pub facts: String,
    /// What a person can answer, where that is not the same for every item of the kind.
    pub choices: Vec<(String, String)>,
}

impl Item {
    /// An item whose facts are its message.
    pub fn new(kind: Kind, record_id: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::about(kind, record_id, message.clone(), message)
    }

    /// An item with facts of its own.
    pub fn about(kind: Kind, record_id: &str, message: String, facts: String) -> Self {
        let id = id_of(kind, record_id);
        Self { id, kind, record_id: record_id.to_owned(), message, facts, choices: Vec::new() }
    }

    /// With choices of its own; none: those of its kind.
    #[must_use]
    pub fn with_choices(self, choices: Vec<(String, String)>) -> Self {
        Self { choices, ..self }
    }

    /// Without a choice of its kind that would do nothing here.
    #[must_use]
    pub fn without(self, choice: &str) -> Self {
        let left = self.kind.choices().iter().filter(|(id, _)| *id != choice);
        let left = left.map(|(id, label)| ((*id).to_owned(), (*label).to_owned())).collect();
        self.with_choices(left)
    }

    /// About a purchase that cannot be read.
    pub fn bad_purchase(id: &str, reason: String) -> Self {
        let seen = vec![("retry".to_owned(), SEEN_PURCHASE.to_owned())];
        Self::new(Kind::BadRecord, &format!("purchase:{id}"), reason).with_choices(seen)
    }
}

/// The id of an item.
pub fn id_of(kind: Kind, record_id: &str) -> String {
    format!("{}:{record_id}", kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who answers shall not wait for an effect that does not come.
    #[test]
    fn retry_says_whether_it_does_anything() {
        for kind in [Kind::BadRecord, Kind::WrongFile, Kind::Unlinked, Kind::MaybeCreated] {
            let [(id, label)] = kind.choices() else { panic!("{kind:?}") };
            assert_eq!(*id, "retry");
            assert!(label.starts_with("Note that you saw to it"), "{kind:?}: {label}");
        }
        let purchase = Item::bad_purchase("p1", "no id".to_owned());
        assert!(purchase.choices[0].1.contains("when Smint.io delivers it again"));
        assert!(again()[0].1.starts_with("Try it again"));
    }

    #[test]
    fn a_choice_that_would_do_nothing_is_not_offered() {
        let item = Item::new(Kind::Adoption, "a", "taken").without("replace");
        let offered: Vec<&str> = item.choices.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(offered, ["adopt", "add"]);
    }
}
