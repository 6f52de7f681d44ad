//! Real works as Consonance titles. A work that comes again has a new identity throughout: ids,
//! ISBNs, reference, DOI and a volume in its title. A person is one contact in every work.

use super::generate::Options;
use super::products::{self, Counters};
use super::rng::Rng;
use super::seed::{ContributorSeed, ForeignCoverSeed, ProductSeed, TitleSeed};
use super::subjects;
use super::works::{self, Work};
use std::collections::BTreeMap;
use time::Duration;

/// The id of the first work; each next one's is three higher.
const FIRST_WORK: i64 = 1001;

/// The titles, ascending by id.
pub fn make(options: &Options) -> Vec<TitleSeed> {
    let people =
        numbered(works::all().iter().flat_map(|work| &work.contributors).map(|p| &*p.name));
    let imprints = numbered(works::all().iter().filter_map(Work::imprint));
    let mut counters = Counters { product: 5000, run: 300 };
    (0..options.titles)
        .map(|number| title(options, number, &people, &imprints, &mut counters))
        .collect()
}

/// Names in the order of the alphabet, numbered from 1.
fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, i64> {
    let mut numbers: BTreeMap<_, _> = names.map(|name| (name, 0)).collect();
    for (number, place) in numbers.values_mut().enumerate() {
        *place = number as i64 + 1;
    }
    numbers
}

fn title(
    options: &Options,
    number: usize,
    people: &BTreeMap<&str, i64>,
    imprints: &BTreeMap<&str, i64>,
    counters: &mut Counters,
) -> TitleSeed {
    let count = works::all().len();
    let (work, volume) = (&works::all()[number % count], number / count + 1);
    let mut rng = Rng::new(options.seed, "title", number);
    let work_id = FIRST_WORK + 3 * number as i64;
    let products = products::of(options, number, work, counters);
    let runs = products::runs(&mut rng, &products, counters);
    let (name, subtitle) = work.split_title();
    let again = |text: &str, mark: &str| match volume {
        1 => text.to_owned(),
        _ => format!("{text}{mark}{volume}"),
    };
    TitleSeed {
        work_id,
        title: again(name, ", Volume "),
        subtitle: subtitle.map(str::to_owned),
        in_house_reference: (number % 25 != 24).then(|| reference(work, work_id)),
        doi: work.doi.as_deref().map(|doi| again(doi, ".v")),
        imprint: work.imprint().map(|name| (imprints[name], name.to_owned())),
        contributors: contributors(work, people),
        season: season(&products),
        marketing_tier: rng.percent(85).then(|| (*rng.pick(&["A", "B", "C"])).to_owned()),
        project_stage: Some(stage(&products).to_owned()),
        foreign_covers: foreign_covers(&mut rng, number, &products),
        products,
        runs,
        subjects: subjects::of(&mut rng),
        description: work.blurb.as_deref().map(|blurb| format!("<p>{}</p>", escape(blurb))),
        changed_on: options.today - Duration::days(rng.between(0, 400)),
    }
}

fn contributors(work: &Work, people: &BTreeMap<&str, i64>) -> Vec<ContributorSeed> {
    let seed = |person: &works::Person| ContributorSeed {
        contact_id: people[&*person.name],
        name: person.name.clone(),
        role: role_code(&person.role).to_owned(),
    };
    work.contributors.iter().map(seed).collect()
}

/// ONIX List 17.
fn role_code(role: &str) -> &'static str {
    match role {
        "Author" => "A01",
        "Illustrator" => "A12",
        "Preface by" => "A15",
        "Foreword by" => "A23",
        "Introduction by" => "A24",
        "Afterword by" => "A19",
        "Contributions by" => "A32",
        "Editor" => "B01",
        "Translator" => "B06",
        "Research by" => "A51",
        _ => "Z99",
    }
}

/// `OBP-01001`: the press's letters and the work's number.
fn reference(work: &Work, work_id: i64) -> String {
    let press: String = work.source.chars().take(3).collect();
    format!("{}-{work_id:05}", press.to_uppercase())
}

fn season(products: &[ProductSeed]) -> Option<String> {
    let date = products.iter().find_map(|product| product.publication_date)?;
    let half = if (3..9).contains(&u8::from(date.month())) { "Spring" } else { "Autumn" };
    Some(format!("{half} {}", date.year()))
}

fn stage(products: &[ProductSeed]) -> &'static str {
    match products.first().and_then(|product| product.status.as_deref()) {
        Some("02") => "In production",
        Some("04") => "Published",
        Some("03") => "Postponed",
        _ => "Backlist",
    }
}

/// Three of ten titles already carry a cover that somebody put there by hand, small as those are.
fn foreign_covers(rng: &mut Rng, number: usize, products: &[ProductSeed]) -> Vec<ForeignCoverSeed> {
    if !matches!(number % 10, 1 | 4 | 8) {
        return Vec::new();
    }
    let linked = if rng.percent(60) { products.len() } else { 1 };
    let width = rng.between(154, 1524) as u32;
    let names = ["cover.jpg", "cover FINAL2.jpg", "front_hi.jpg", "Umschlag neu.jpg"];
    vec![ForeignCoverSeed {
        product_ids: products.iter().take(linked).map(|product| product.product_id).collect(),
        file_name: (*rng.pick(&names)).to_owned(),
        width,
        height: width * 3 / 2,
    }]
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
