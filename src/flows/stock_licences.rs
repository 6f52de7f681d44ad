//! Flow 6, stock licences: a purchase that was made for a title gets a link on it that leads to the
//! purchase's page, behind a login at Smint.io. Only the link goes out; nothing of the licence does.

use crate::config::Config;
use crate::linking::Linked;
use crate::model::date::{Day, show_day};
use crate::model::ids::WorkId;
use crate::model::licence::{Bound, Purchase};
use crate::model::title::Title;
use crate::report::RecordState;
use crate::report::item::Kind;
use crate::state::link::PlacedLink;

use super::rights_links::content_page;

/// The slug.
pub const FLOW: &str = "stock-licences";

/// What is known of one purchase.
pub struct Seen<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The purchase as it was delivered last.
    pub purchase: &'a Purchase,
    /// Where the rules put it.
    pub linked: &'a Linked,
    /// The title that they lead to.
    pub title: Option<&'a Title>,
    /// The day (UTC).
    pub today: Day,
}

/// What shall become of the links of one purchase.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// They shall be there.
    Link {
        /// The work.
        work: WorkId,
        /// Its title, for people.
        title: String,
        /// The links.
        links: Vec<PlacedLink>,
        /// Why, in a sentence.
        why: String,
    },
    /// None of ours shall be there, for this reason.
    Withdraw(String),
    /// Not decided: whatever is there stays.
    Hold {
        /// Deferred, skipped or inbox.
        state: RecordState,
        /// With inbox: which kind.
        kind: Kind,
        /// Why, in a sentence.
        why: String,
    },
}

/// Decides.
pub fn wish(seen: &Seen) -> Wish {
    match decided(seen) {
        Ok(wish) | Err(wish) => wish,
    }
}

fn decided(seen: &Seen) -> Result<Wish, Wish> {
    in_force(seen)?;
    let (title, explicit, rule) = title(seen)?;
    let start = seen.config.engine.start_from;
    if let Some(start) = start
        && title.products.iter().all(|p| p.publication_date.is_some_and(|day| day < start))
    {
        let why = format!("its editions appeared before start-from ({})", show_day(start));
        return Err(skipped(why));
    }
    let Some(page) = content_page(seen.config, seen.purchase) else {
        let why = "no page leads to it: smintio.clapi.content-page is not configured, or the \
                   purchase has no project";
        return Err(skipped(why.to_owned()));
    };
    let link_on = |product: i64| PlacedLink {
        product,
        link: page.clone(),
        role: seen.config.engine.licence_link_role.clone(),
        note: String::new(),
        id: None,
        shown: None,
    };
    let products = title.products.iter().map(|p| p.id);
    let on = products.filter(|id| explicit.is_empty() || explicit.contains(id));
    // A link that hangs on the work shows on all its products.
    let by_work = seen.config.consonance.profile.web_link_product.is_empty();
    let links: Vec<PlacedLink> =
        on.take(if by_work { 1 } else { usize::MAX }).map(|id| link_on(id.0)).collect();
    if links.is_empty() {
        return Err(skipped("its title has no edition that could carry the link".to_owned()));
    }
    Ok(Wish::Link {
        work: title.id,
        title: title.title.clone(),
        links,
        why: format!("bought for the title, by {rule}"),
    })
}

/// A purchase that is over loses its links; one of which that is not known keeps what it has.
fn in_force(seen: &Seen) -> Result<(), Wish> {
    let state = seen.purchase.state.as_deref().map(str::to_ascii_lowercase);
    match state.as_deref() {
        Some("cancelled") => return Err(Wish::Withdraw("the purchase was cancelled".to_owned())),
        Some("completed") => {}
        Some(other) => {
            let why = format!("the purchase is not completed (its state is {other:?})");
            return Err(hold(RecordState::Deferred, Kind::BadRecord, why));
        }
        None => {
            let why = "the state of the purchase is not known now".to_owned();
            return Err(hold(RecordState::Deferred, Kind::BadRecord, why));
        }
    }
    if let Some(last) = ended(seen.purchase, seen.today) {
        return Err(Wish::Withdraw(format!("its licence ended on {}", show_day(last))));
    }
    match seen.purchase.can_be_synced {
        Some(true) => Ok(()),
        _ => Err(skipped("Smint.io does not let the purchase be synchronised".to_owned())),
    }
}

/// The last day of a licence of which every term is over. A term without an end, or with one that
/// cannot be read, is not over.
fn ended(purchase: &Purchase, today: Day) -> Option<Day> {
    let last = |bound: &Bound| match bound {
        Bound::Day(day) => Some(*day),
        Bound::None | Bound::Unreadable(_) => None,
    };
    let ends = purchase.policy.terms.iter().map(|term| last(&term.valid_until));
    let latest = ends.collect::<Option<Vec<Day>>>()?.into_iter().max()?;
    (latest < today).then_some(latest)
}

type TitleAndProducts<'a> = (&'a Title, &'a [crate::model::ids::ProductId], &'a str);

fn title<'a>(seen: &Seen<'a>) -> Result<TitleAndProducts<'a>, Wish> {
    let inbox = |kind, why: String| Err(hold(RecordState::Inbox, kind, why));
    match (seen.linked, seen.title) {
        (Linked::Title { products, rule, .. }, Some(title)) => Ok((title, products, rule)),
        (Linked::Title { work, .. }, None) => {
            inbox(Kind::Unlinked, format!("its title (work {work}) cannot be read from Consonance"))
        }
        // Much is bought for no title: that is no question to a person.
        (Linked::Nothing, _) => Err(skipped(
            "neither its project nor its board names a title by ISBN or in-house reference"
                .to_owned(),
        )),
        (Linked::UnknownKeys(keys), _) => {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            inbox(Kind::Unlinked, format!("no title in Consonance has {}", keys.join(", ")))
        }
        (Linked::Ambiguous { works }, _) => {
            let works: Vec<String> = works.iter().map(ToString::to_string).collect();
            let why = format!(
                "its project names several titles (works {}): rename it in Smint.io, or add a \
                 link rule",
                works.join(", ")
            );
            inbox(Kind::Unlinked, why)
        }
        (Linked::BadIsbn(text, error), _) => inbox(
            Kind::BadRecord,
            format!("its project names the ISBN {text:?}, which has {error}"),
        ),
    }
}

fn skipped(why: String) -> Wish {
    hold(RecordState::Skipped, Kind::Unlinked, why)
}

fn hold(state: RecordState, kind: Kind, why: String) -> Wish {
    Wish::Hold { state, kind, why }
}

#[cfg(test)]
mod tests;
