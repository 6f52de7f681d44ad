//! What stands between a plan of collections and its effects: the guard, the first run, a changed
//! mapping. And the plan as people see it.

use std::collections::BTreeMap;

use serde_json::json;

use super::commit::action;
use super::compare::Compared;
use super::flight::Flight;
use crate::engine::inbox::{Item, Kind};
use crate::engine::plan::change::Change;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::engine::stream::{Memory, first_or_changed, save};
use crate::flows::shelf::Sharing;
use crate::report::words::counted;
use crate::smintio::portals::Profile;
use crate::state::flow::FlowMemory;
use crate::state::keys::sha256_hex;
use crate::state::shelf::Step;
use crate::vendor::profile::Mark;

/// Removals that pass without a question: so many, or 2 % of all members of ours.
const REMOVALS_FREE: usize = 5;

/// Withholds removals of more members than is usual: they stay until a person lets them go.
pub fn guard(run: &mut Run, compared: &mut Compared) {
    let Compared { flights, kept } = compared;
    let removals: usize = flights.iter().map(Flight::removals).sum();
    let known = *kept + flights.iter().map(|flight| flight.shelf.ours.len()).sum::<usize>();
    if removals <= REMOVALS_FREE.max(known / 50) {
        return;
    }
    let flow = run.report.flow.clone();
    let message = format!(
        "{flow} would take {removals} of {known} assets out of their collections: look at them \
         with `plan`, then accept"
    );
    let record = format!("{flow}:removals");
    let leaving = flights.iter().flat_map(|flight| {
        flight.leaving().map(|asset| format!("{} {asset}", flight.desired.marker))
    });
    let facts = sha256_hex(leaving.collect::<Vec<_>>().join("\n").as_bytes());
    let item = Item::about(Kind::Guard, &record, message, facts);
    if run.inbox.decision(&item) == Some("accept") {
        return;
    }
    run.inbox.raise(item);
    for flight in flights {
        if flight.removals() > 0
            && let Some(members) = &mut flight.desired.members
        {
            members.extend(flight.shelf.ours.iter().cloned());
            flight.asks = true;
            if matches!(flight.desired.share, Sharing::Open { .. }) {
                flight.desired.share = Sharing::Closed;
            }
        }
    }
}

/// The question that must be answered before anything of this is done.
pub fn awaits(run: &Run, memory: &FlowMemory, flights: &[Flight]) -> Option<Item> {
    let steps = || {
        flights.iter().filter(|flight| flight.end.is_none()).flat_map(|flight| {
            let marker = flight.desired.marker.as_str();
            flight.all().into_iter().map(move |step| (marker, step))
        })
    };
    let counts = || {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, step) in steps() {
            *counts.entry(action(&step)).or_default() += 1;
        }
        let count = |name: &str| counts.get(name).copied().unwrap_or_default();
        format!(
            "{}, {} renamed, {} written, members of {} changed, {} shared with \
         outsiders",
            counted(count("create-collection"), "new collection"),
            count("rename-collection"),
            counted(count("post-card") + count("edit-card"), "card"),
            count("add-assets") + count("remove-assets"),
            count("share-collection")
        )
    };
    first_or_changed(run, memory, counts, steps().map(|(marker, step)| named(marker, &step)))
}

/// A change as the question about a plan tells it apart. What a card says is not part of it: it may
/// change from day to day.
fn named(marker: &str, step: &Step) -> String {
    let what = match step {
        Step::Post { .. } | Step::Edit { .. } => String::new(),
        step => format!("{step:?}"),
    };
    format!("{marker} {} {what}", action(step))
}

/// Portals has no schema that could be asked: writes rest on names that the vendor confirms, that
/// the operator set, or that the operator accepts as unproven.
pub fn prove_names(run: &Run, flights: &[Flight]) -> Result<(), Stop> {
    let writes = flights.iter().any(|f| f.end.is_none() && f.next().is_some());
    if run.config.accept_unproven || !writes {
        return Ok(());
    }
    let defaults = Profile::default().entries();
    let set = run.config.portals.profile.entries();
    let unproven: Vec<String> = defaults
        .into_iter()
        .zip(set)
        .filter(|(default, set)| default.mark != Mark::Confirmed && default.value == set.value)
        .filter(|(default, _)| WRITES.iter().any(|part| default.name.starts_with(part)))
        .filter(|(default, _)| run.config.kit.share || !default.name.starts_with(SHARES))
        .filter(|(default, _)| !default.value.is_empty())
        .map(|(default, _)| default.name)
        .collect();
    if unproven.is_empty() {
        return Ok(());
    }
    Err(Stop::Denied(format!(
        "no public source confirms these names of Portals: {}. Set them in \
         smintio.portals.profile, or set accept-unproven = true",
        unproven.join(", ")
    )))
}

/// How the settings of names begin that writing to collections needs.
const WRITES: [&str; 7] = [
    "collection-create",
    "collection-update",
    "collection-modify",
    "collection-parameter",
    "collections-",
    "comment-",
    SHARES,
];

const SHARES: &str = "share-";

/// Remembers under which mapping the changes are made.
pub fn accept(run: &Run, memory: Memory) -> Result<Memory, Stop> {
    let after = FlowMemory {
        accepted: true,
        mapping_hash: Some(run.config.mapping_hash.clone()),
        ..memory.0.clone()
    };
    save(run, memory, after)
}

/// The changes of a collection as a plan shows them.
pub fn changes(flight: &Flight) -> Vec<Change> {
    if flight.end.is_some() {
        return Vec::new();
    }
    flight.all().iter().map(|step| change(flight, step)).collect()
}

fn change(flight: &Flight, step: &Step) -> Change {
    let marker = &flight.desired.marker;
    let effect = match step {
        Step::Create { name } | Step::Rename { name } => {
            json!({"collection": marker, "name": name})
        }
        Step::Add { assets } | Step::Remove { assets } => {
            json!({"collection": marker, "assets": assets})
        }
        Step::Share { until } | Step::Reshare { until } => {
            json!({"collection": marker, "until": until})
        }
        Step::Unshare => json!({"collection": marker}),
        Step::Post { text } | Step::Edit { text } => json!({"collection": marker, "text": text}),
    };
    let action = action(step);
    let identity = format!("{marker} {action} {effect}");
    Change {
        id: sha256_hex(identity.as_bytes()).chars().take(16).collect(),
        action,
        title: flight.desired.title.clone(),
        work: flight.desired.work,
        products: Vec::new(),
        asset: String::new(),
        why: flight.desired.why.to_string(),
        effect,
    }
}
