//! Contributions and the people behind them.

use super::{Input, NULL, Node, Out, code_leaf, leaf, nodes, onix_code};
use crate::consonance::{
    codes,
    store::{Store, Work},
};

/// The contributions of a work, in order.
pub(super) fn contributions(work: &Work) -> Out {
    nodes(0..work.title.contributors.len(), |at| Node::Contribution(work.title.work_id, at))
}

/// "By A and B", or nothing.
pub(super) fn authorship(work: &Work) -> Option<String> {
    let names: Vec<&str> = work.title.contributors.iter().map(|c| c.name.as_str()).collect();
    let (last, others) = names.split_last()?;
    Some(if others.is_empty() {
        format!("By {last}")
    } else {
        format!("By {} and {last}", others.join(", "))
    })
}

/// The names, or nothing.
pub(super) fn pretty_list(work: &Work) -> Option<String> {
    let names: Vec<&str> = work.title.contributors.iter().map(|c| c.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The fields of a contribution.
pub(super) fn contribution(store: &Store, work_id: i64, at: usize, field: &str) -> Option<Out> {
    let work = store.work(work_id)?;
    let seed = work.title.contributors.get(at)?;
    let out = match field {
        "id" => leaf(work.contribution_ids.get(at).copied()),
        "sequenceNumber" => leaf(at + 1),
        "productIds" => leaf(work.product_ids()),
        "onixContributorRoleCode" => code_leaf(Some(&seed.role)),
        "onixContributorRole" => onix_code(&codes::CONTRIBUTOR_ROLE, Some(&seed.role)),
        "contributor" => Out::Typed("Person", Node::Person(seed.contact_id)),
        "work" => Out::Node(Node::Work(work_id)),
        "workId" => leaf(work_id),
        _ => return None,
    };
    Some(out)
}

/// The fields of a person.
pub(super) fn person(store: &Store, id: i64, field: &str) -> Option<Out> {
    let person = store.people.get(&id).filter(|person| person.client == store.caller)?;
    let (first, last) = person.name.rsplit_once(' ').unwrap_or(("", &person.name));
    let out = match field {
        "id" => leaf(id),
        "name" | "personName" => leaf(person.name.as_str()),
        "keyNames" => leaf(last),
        "personNameInverted" if first.is_empty() => leaf(last),
        "personNameInverted" => leaf(format!("{last}, {first}")),
        "contributions" => {
            let works = person.works.iter().filter_map(|id| store.work(*id));
            let places = works.flat_map(|work| {
                let all = work.title.contributors.iter().enumerate();
                let own = all.filter(|(_, seed)| seed.contact_id == id);
                own.map(|(at, _)| (work.title.work_id, at)).collect::<Vec<_>>()
            });
            nodes(places, |(work, at)| Node::Contribution(work, at))
        }
        "contactTags" => Out::List(Vec::new()),
        "isni" => NULL,
        _ => return None,
    };
    Some(out)
}

/// The caller's contacts.
pub(super) fn contacts(store: &Store, search: &Input<'_>) -> Out {
    let part = search.text("personNameCont").unwrap_or_default().to_lowercase();
    let own = store.people.iter().filter(|(_, person)| {
        person.client == store.caller && person.name.to_lowercase().contains(&part)
    });
    Out::List(own.map(|(id, _)| Out::Typed("Person", Node::Person(*id))).collect())
}
