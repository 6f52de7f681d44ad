//! A world becomes the vendor's records, and a second client's works come between them.

use std::collections::{BTreeMap, BTreeSet};

use time::Date;

use super::{Client, Counts, MarketingText, NEIGHBOUR, Person, Store, TENANT, Work, resource};
use crate::{
    consonance::{codes, settings::Settings},
    http::InstantMs,
    world::seed::{ContributorSeed, ForeignCoverSeed, ProductSeed, TitleSeed, World},
};

/// How many works the other client has.
const NEIGHBOUR_WORKS: usize = 5;

impl Store {
    /// The vendor on the day the world is made.
    ///
    /// # Panics
    /// If the world holds an id that is no GraphQL `Int`, or holds an id twice.
    pub(in crate::consonance) fn new(world: &World, settings: Settings) -> Self {
        let mut store = Self {
            settings,
            now: start_of(world.today),
            caller: TENANT,
            serial: 0,
            works: BTreeMap::new(),
            work_of_product: BTreeMap::new(),
            people: BTreeMap::new(),
            resources: BTreeMap::new(),
            resources_of_work: BTreeMap::new(),
            links: BTreeMap::new(),
            links_of_work: BTreeMap::new(),
            texts: BTreeMap::new(),
            texts_of_work: BTreeMap::new(),
            used_codes: BTreeSet::new(),
            counts: Counts::default(),
            last_id: 52_000,
            jobs: resource::Jobs::default(),
        };
        let neighbours = neighbour_titles(world);
        let mut all: Vec<(Client, &TitleSeed)> =
            world.titles.iter().map(|title| (TENANT, title)).collect();
        all.extend(neighbours.iter().map(|title| (NEIGHBOUR, title)));
        all.sort_by_key(|(_, title)| title.work_id);
        for (client, title) in all {
            store.add_work(client, title.clone());
        }
        store
    }

    fn add_work(&mut self, client: Client, mut title: TitleSeed) {
        let covers = std::mem::take(&mut title.foreign_covers);
        let (id, description, changed_on) =
            (int(title.work_id), title.description.clone(), title.changed_on);
        for product in &title.products {
            self.note_codes(product);
            let earlier = self.work_of_product.insert(int(product.product_id), id);
            assert!(earlier.is_none(), "the world holds product {} twice", product.product_id);
        }
        for person in &title.contributors {
            self.note_person(client, id, person);
        }
        let contribution_ids = title.contributors.iter().map(|_| self.next_id()).collect();
        let earlier = self.works.insert(id, Work { client, title, contribution_ids });
        assert!(earlier.is_none(), "the world holds work {id} twice");
        if let Some(html) = description {
            self.add_description(id, html);
        }
        for cover in &covers {
            self.add_foreign_cover(id, cover, start_of(changed_on));
        }
    }

    fn note_codes(&mut self, product: &ProductSeed) {
        let form = product.form.as_ref().map(|code| (codes::PRODUCT_FORM.enum_name, code));
        let status = product.status.as_ref().map(|code| (codes::PUBLISHING_STATUS.enum_name, code));
        for (name, code) in form.into_iter().chain(status) {
            self.used_codes.insert((name, code.clone()));
        }
    }

    fn note_person(&mut self, client: Client, work_id: i64, seed: &ContributorSeed) {
        self.used_codes.insert((codes::CONTRIBUTOR_ROLE.enum_name, seed.role.clone()));
        let person = self.people.entry(int(seed.contact_id)).or_insert_with(|| Person {
            client,
            name: seed.name.clone(),
            works: BTreeSet::new(),
        });
        person.works.insert(work_id);
    }

    fn add_description(&mut self, work_id: i64, html: String) {
        let text = MarketingText {
            work_id,
            variant: Some("SHORT_DESCRIPTION".to_owned()),
            external_markdown: strip_html(&html),
            external_html: html,
            internal_markdown: String::new(),
            product_ids: None,
            from_date: None,
        };
        self.insert_text(text);
    }
}

/// Text without its tags.
pub(in crate::consonance) fn strip_html(html: &str) -> String {
    let mut inside = false;
    let mut text = String::new();
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

fn start_of(day: Date) -> InstantMs {
    let seconds = day.midnight().assume_utc().unix_timestamp();
    u64::try_from(seconds).unwrap_or_default() * 1000
}

fn int(id: i64) -> i64 {
    assert!(i32::try_from(id).is_ok(), "the world's id {id} is no GraphQL Int");
    id
}

/// The other client's works: in the gaps between the world's ids, then after them.
fn neighbour_titles(world: &World) -> Vec<TitleSeed> {
    let works: BTreeSet<i64> = world.titles.iter().map(|title| title.work_id).collect();
    let products: BTreeSet<i64> =
        world.titles.iter().flat_map(|t| t.products.iter().map(|p| p.product_id)).collect();
    let contacts = world.titles.iter().flat_map(|t| t.contributors.iter().map(|c| c.contact_id));
    let first_contact = contacts.max().unwrap_or(0) + 1;
    let ids = free_ids(&works).zip(free_ids(&products)).zip(first_contact..);
    ids.take(NEIGHBOUR_WORKS)
        .map(|((work_id, product_id), contact_id)| {
            neighbour_title(world.today, work_id, product_id, contact_id)
        })
        .collect()
}

/// Ids that are not taken, from the first gap on.
fn free_ids(taken: &BTreeSet<i64>) -> impl Iterator<Item = i64> {
    let first = taken.first().copied().unwrap_or(1);
    (first..).filter(|id| !taken.contains(id))
}

fn neighbour_title(today: Date, work_id: i64, product_id: i64, contact_id: i64) -> TitleSeed {
    let product = ProductSeed {
        product_id,
        isbn13: None,
        form: Some("BC".to_owned()),
        status: Some("04".to_owned()),
        publication_date: Some(today),
        planned_date: None,
        for_sale: Vec::new(),
        not_for_sale: Vec::new(),
        worldwide: Some(true),
    };
    TitleSeed {
        work_id,
        title: format!("Another Publisher's Book {work_id}"),
        subtitle: None,
        in_house_reference: None,
        doi: None,
        imprint: None,
        contributors: vec![ContributorSeed {
            contact_id,
            name: "Someone Else".to_owned(),
            role: "A01".to_owned(),
        }],
        products: vec![product],
        runs: Vec::new(),
        subjects: Vec::new(),
        season: None,
        marketing_tier: None,
        project_stage: None,
        description: None,
        foreign_covers: vec![ForeignCoverSeed {
            product_ids: vec![product_id],
            file_name: "cover.jpg".to_owned(),
            width: 900,
            height: 1400,
        }],
        changed_on: today,
    }
}
