//! What holds of the links of all purchases together, in brief: which purchase has each of them.

use std::collections::{BTreeMap, BTreeSet};

use super::desired::Wished;
use crate::engine::observe::purchases::Freshness;
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::stock_licences::Wish;
use crate::model::ids::PurchaseId;
use crate::report::fingerprint::Fingerprint;
use crate::state::licence_link::LicenceLink;
use crate::state::link::{LinkKey, PlacedLink};
use crate::state::store;

/// Links and purchases by their fingerprints, because there are as many as purchases.
#[derive(Debug)]
pub struct Together {
    /// Which purchase has each wanted link.
    owners: BTreeMap<Fingerprint, Fingerprint>,
    /// Links that are ours, or may be.
    ours: BTreeSet<Fingerprint>,
    /// Which purchases' records hold each link, in the order of their keys.
    holders: BTreeMap<Fingerprint, Vec<Fingerprint>>,
    /// What each purchase asked for.
    wishes: BTreeMap<Fingerprint, Fingerprint>,
    freshness: Freshness,
}

impl Together {
    /// What is stored.
    pub fn of_records(run: &Run, freshness: Freshness) -> Result<Self, Stop> {
        let (mut ours, mut holders) = (BTreeSet::new(), BTreeMap::<_, Vec<_>>::new());
        store::scan(run.platform, "licence-link/", |entry| {
            let record = store::decode::<LicenceLink>(entry)?.value;
            ours.extend(record.maybe_ours().iter().map(|link| of_link(&link.key())));
            for link in &record.links {
                let holder = Fingerprint::of(&record.purchase);
                holders.entry(of_link(&link.key())).or_default().push(holder);
            }
            Ok(())
        })?;
        let (owners, wishes) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self { owners, ours, holders, wishes, freshness })
    }

    /// Notes what some purchases ask for: the first that wants a link has it.
    pub fn add_wishes(&mut self, wishes: &[(PurchaseId, Wished)]) {
        for (purchase, wished) in wishes {
            self.wishes.insert(of_purchase(purchase), of_wish(&wished.wish));
            let Wish::Link { links, .. } = &wished.wish else { continue };
            for link in links {
                let owner = self.owners.entry(of_link(&link.key()));
                owner.or_insert_with(|| of_purchase(purchase));
            }
        }
    }

    /// Whether a purchase asks for what it asked for when its wish was added. If not, nothing here
    /// holds of it: another flow read something new meanwhile.
    pub fn is_as_added(&self, purchase: &PurchaseId, wish: &Wish) -> bool {
        self.wishes.get(&of_purchase(purchase)) == Some(&of_wish(wish))
    }

    /// Whether the licences are as new as the vendor's.
    pub fn freshness(&self) -> Freshness {
        self.freshness
    }

    /// Whether any purchase wants the link.
    pub fn is_wanted(&self, link: &PlacedLink) -> bool {
        self.owners.contains_key(&of_link(&link.key()))
    }

    /// Whether this purchase has a wanted link.
    pub fn is_owned_by(&self, link: &LinkKey, purchase: &PurchaseId) -> bool {
        self.owners.get(&of_link(link)) == Some(&of_purchase(purchase))
    }

    /// Whether a link is ours, or may be.
    pub fn is_ours(&self, link: &LinkKey) -> bool {
        self.ours.contains(&of_link(link))
    }

    /// Whether no record before this purchase's holds the link.
    pub fn is_first(&self, link: &PlacedLink, purchase: &PurchaseId) -> bool {
        let holders = self.holders.get(&of_link(&link.key()));
        let first = holders.and_then(|holders| holders.first());
        first.is_none_or(|first| *first == of_purchase(purchase))
    }

    /// Whether the record of the purchase that has it says so already.
    pub fn is_handed_over(&self, link: &PlacedLink) -> bool {
        let link = of_link(&link.key());
        let owner = self.owners.get(&link);
        let holders = self.holders.get(&link);
        owner.is_some_and(|owner| holders.is_some_and(|all| all.contains(owner)))
    }
}

fn of_purchase(purchase: &PurchaseId) -> Fingerprint {
    Fingerprint::of(purchase.as_str())
}

fn of_wish(wish: &Wish) -> Fingerprint {
    Fingerprint::of(&format!("{wish:?}"))
}

fn of_link(key: &LinkKey) -> Fingerprint {
    Fingerprint::of(&format!("{key:?}"))
}
