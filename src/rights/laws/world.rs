//! Random policies and uses. Most facts are good ones, so that every verdict is met often.

use super::random::Random;
use crate::model::country::CountrySet;
use crate::model::date::Day;
use crate::model::licence::{Bound, KeyLists, Policy, Purchase, Release, Term};
use crate::model::role::Role;
use crate::rights::{
    Decision, Languages, Media, Run, Sources, Territory, Use, UseFrom, Vocabulary, decide,
};

/// How many allow-and-deny lists a term has.
pub(super) const LISTS: u64 = 7;

const COUNTRIES: [&str; 12] =
    ["GB", "IE", "US", "CA", "DE", "RO", "TR", "RU", "JP", "AU", "BR", "ZA"];
const GEOGRAPHIES: [&str; 9] = [
    "any",
    "any",
    "europe_any",
    "north_america_any",
    "europe_united_kingdom",
    "europe_ireland",
    "asia_any",
    "north_america_united_states",
    "open_market",
];
const LANGUAGES: [&str; 6] =
    ["any", "language_english", "ger", "fr", "language_mandarin_chinese", "language_x"];
const LIMITS: [&str; 6] = [
    "any",
    "quantity_any",
    "quantity_up_to_10000_total_circulation",
    "quantity_up_to_100000_total_circulation",
    "copy_up_to_5000_copies",
    "display_any",
];

/// A purchase and a use of it.
#[derive(Clone, Debug)]
pub(in crate::rights) struct World {
    pub purchase: Purchase,
    pub asked: Use,
}

/// The world of a seed.
pub(in crate::rights) fn seeded(seed: u64) -> World {
    World::random(&mut Random::new(seed))
}

pub(super) fn country(random: &mut Random) -> &'static str {
    random.of(&COUNTRIES)
}

pub(super) fn day(random: &mut Random) -> Day {
    let start = Day::from_ordinal_date(2026, 1).unwrap();
    start + time::Duration::days(i64::try_from(random.below(1_500)).unwrap())
}

pub(super) fn lists(term: &mut Term, list: u64) -> &mut KeyLists {
    match list {
        0 => &mut term.usages,
        1 => &mut term.distributions,
        2 => &mut term.placements,
        3 => &mut term.sizes,
        4 => &mut term.industries,
        5 => &mut term.geographies,
        _ => &mut term.languages,
    }
}

/// A key of the list's vocabulary, or one that nobody knows.
pub(super) fn any_key(random: &mut Random, list: u64) -> String {
    if random.one_in(10) {
        return "unheard_of".to_owned();
    }
    let vocabulary = match list {
        0 => Vocabulary::Usages,
        1 => Vocabulary::Distributions,
        2 => Vocabulary::Placements,
        3 => Vocabulary::Sizes,
        4 => Vocabulary::Industries,
        5 => return random.of(&GEOGRAPHIES).to_owned(),
        _ => return random.of(&LANGUAGES).to_owned(),
    };
    random.of(vocabulary.keys()).to_owned()
}

/// A key that most likely grants what is asked.
fn good_key(random: &mut Random, list: u64) -> String {
    let good: &[&str] = match list {
        0 => &["any", "publishing_editorial_any", "publishing_editorial_book", "digital_media_any"],
        1 => &["any", "media_any", "media_print", "channel_digital"],
        2 => &["any", "page_any", "page_cover", "page_inside"],
        3 | 4 => &["any"],
        5 => &GEOGRAPHIES,
        _ => &LANGUAGES,
    };
    if random.calm && !random.one_in(8) { "any" } else { random.of(good) }.to_owned()
}

/// Shuffles the lists, doubles a key and changes letters' case.
pub(super) fn stir(random: &mut Random, term: &mut Term) {
    for list in 0..LISTS {
        let KeyLists { allowed, restricted } = lists(term, list);
        for keys in [allowed, restricted] {
            stir_keys(random, keys);
        }
    }
    stir_keys(random, &mut term.usage_limits);
}

fn stir_keys(random: &mut Random, keys: &mut Vec<String>) {
    if let Some(first) = keys.first().cloned() {
        keys.push(first.to_ascii_uppercase());
        let by = usize::try_from(random.below(keys.len() as u64)).unwrap();
        keys.rotate_left(by);
    }
}

fn term(random: &mut Random) -> Term {
    let mut term = Term {
        is_editorial_use: if random.fails(4) {
            random.of(&[Some(true), None])
        } else {
            Some(false)
        },
        ..Term::default()
    };
    for list in 0..LISTS {
        let usual = matches!(list, 0 | 1 | 5);
        if if usual { !random.fails(12) } else { random.fails(3) } {
            let key = good_key(random, list);
            lists(&mut term, list).allowed.push(key);
        }
        if random.one_in(4) {
            let key = any_key(random, list);
            lists(&mut term, list).allowed.push(key);
        }
        if random.fails(25) {
            let key = any_key(random, list);
            lists(&mut term, list).restricted.push(key);
        }
    }
    if !random.fails(10) {
        term.usage_limits.push(random.of(&LIMITS).to_owned());
    }
    for bound in [&mut term.valid_from, &mut term.valid_until, &mut term.to_be_used_until] {
        *bound = match random.below(12) {
            0 | 1 => Bound::Day(day(random)),
            2 if random.fails(3) => Bound::Unreadable("soon".to_owned()),
            _ => Bound::None,
        };
    }
    term
}

fn run(random: &mut Random) -> Run {
    match random.below(12) {
        0 if random.fails(1) => Run::Unknown,
        1 if random.fails(3) => Run::Invalid,
        _ => Run::Copies(random.below(12_000)),
    }
}

fn asked(random: &mut Random) -> Use {
    let some = if random.calm { 1 } else { 0 };
    let countries = (0..random.below(4) + some).map(|_| random.of(&COUNTRIES)).collect::<Vec<_>>();
    let words = random.of(&["eng", "eng", "de fre", "zh"]);
    let words = if random.fails(5) { "" } else { words };
    let from = day(random);
    Use {
        role: random.of(&Role::ALL),
        media: Media {
            print: !random.fails(3),
            digital: random.calm || random.one_in(3),
            unknown: false,
        },
        territory: Territory {
            known: CountrySet::from_codes(countries).0,
            unknown_rest: random.fails(20),
        },
        languages: Languages::of(words.split_ascii_whitespace()),
        planned_run: run(random),
        prior_run: run(random),
        use_from: match random.below(8) {
            0 if random.fails(1) => UseFrom::Unknown,
            1 if random.fails(1) => UseFrom::Between(from, day(random)),
            _ => UseFrom::Day(from),
        },
        use_until: random.one_in(3).then(|| from + time::Duration::days(400)),
        today: if random.calm { Day::from_ordinal_date(2026, 1).unwrap() } else { day(random) },
        legal_entity: random.fails(3).then(|| "Us".to_owned()),
    }
}

impl World {
    /// A random one.
    pub fn random(random: &mut Random) -> Self {
        random.calm = random.one_in(2);
        let state = match random.below(4) {
            0 if random.fails(4) => Some("cancelled"),
            1 if random.fails(4) => None,
            _ => Some("completed"),
        };
        let release = |random: &mut Random| {
            let states = ["released", "released", "no_release_required", "not_released", "all"];
            let state = if random.fails(4) { random.of(&states) } else { "released" };
            (!random.fails(15)).then(|| state.to_owned())
        };
        let policy = Policy {
            state: state.map(str::to_owned),
            terms: (0..random.of(&[0, 1, 1, 1, 2, 2, 3])).map(|_| term(random)).collect(),
            release: Release { model: release(random), property: release(random) },
            unread_licence_text: random.fails(15),
            max_reuses: random.fails(6).then_some(3),
            current_reuses: (!random.one_in(4)).then(|| random.of(&[0, 1, 2, 3])),
            licensee: (!random.one_in(10)).then(|| random.of(&["us", "us", "us", "them"]).into()),
            profile: None,
        };
        let purchase = Purchase { can_be_synced: Some(true), policy, ..Purchase::default() };
        Self { purchase, asked: asked(random) }
    }

    /// The decision.
    pub fn decide(&self) -> Decision {
        let purchases = vec![&self.purchase];
        decide(&Sources { purchases, ..Sources::default() }, &self.asked)
    }

    /// One of the terms.
    pub fn some_term(&mut self, random: &mut Random) -> Option<&mut Term> {
        let terms = &mut self.purchase.policy.terms;
        let at = usize::try_from(random.below(terms.len() as u64)).ok()?;
        terms.get_mut(at)
    }

    /// Makes one fact unknown. Left out, because a rule of its own says so: dates and lists whose
    /// absence means no limit, a first day without any bound, and another term's editorial flag.
    pub fn forget(&mut self, random: &mut Random) -> bool {
        let (policy, asked) = (&mut self.purchase.policy, &mut self.asked);
        let single = policy.terms.len() == 1;
        match random.below(12) {
            0 | 1 => {
                let runs = [&mut asked.planned_run, &mut asked.prior_run];
                // A negative number is no fact that could be forgotten.
                runs.into_iter().filter(|run| **run != Run::Invalid).for_each(|run| {
                    *run = Run::Unknown;
                });
            }
            2 => asked.territory.unknown_rest = true,
            3 => asked.territory.known = CountrySet::EMPTY,
            4 => asked.media = Media { unknown: true, ..asked.media },
            5 => asked.languages.unknown = true,
            6 => policy.release.model = None,
            7 => policy.release.property = None,
            8 => policy.licensee = None,
            9 => policy.current_reuses = None,
            10 => policy.state = None,
            _ => return single && self.forget_of_term(random),
        }
        true
    }

    fn forget_of_term(&mut self, random: &mut Random) -> bool {
        let what = random.below(5);
        let Some(term) = self.some_term(random) else { return false };
        match what {
            0 => term.usages.allowed.clear(),
            1 => term.distributions.allowed.clear(),
            2 => term.geographies.allowed.clear(),
            3 => term.usage_limits.clear(),
            _ => term.is_editorial_use = None,
        }
        true
    }
}
