//! The editions of a work: forms (ONIX 2.1 List 7), ISBNs, dates, statuses (List 64), territories,
//! production runs. All of it is made up. Most titles can be cleared anywhere they are sold.

use super::countries::{EUROPE, HOME, NORTH_AMERICA, all_but, list};
use super::generate::Options;
use super::isbn;
use super::rng::Rng;
use super::seed::{ProductSeed, RunSeed};
use super::works::Work;
use time::{Date, Duration};

/// Which forms go together: two to five editions. Mostly print and ebook, as small presses do.
const EDITIONS: [&[&str]; 11] = [
    &["BB", "BC", "DG"],
    &["BC", "DG"],
    &["BC", "DG", "DH"],
    &["BB", "BC", "DG"],
    &["BC", "DG", "AJ"],
    &["BB", "DG"],
    &["BB", "BC", "DG", "AJ"],
    &["BC", "DG"],
    &["BC", "BG", "DG", "DH"],
    &["BB", "BC", "DG", "AJ", "AC"],
    &["BB", "BC", "DG", "WW"],
];

/// Numbers that run through the whole world.
#[derive(Default)]
pub struct Counters {
    /// The last product id given out.
    pub product: i64,
    /// The last run id given out.
    pub run: i64,
}

/// When a work appears.
struct Schedule {
    published: Option<Date>,
    planned: Option<Date>,
    status: &'static str,
}

/// The products of the title with that number.
pub fn of(
    options: &Options,
    number: usize,
    work: &Work,
    counters: &mut Counters,
) -> Vec<ProductSeed> {
    let mut rng = Rng::new(options.seed, "products", number);
    let schedule = schedule(&mut rng, options.today, number, work);
    let territory = Territory::pick(&mut rng);
    let forms = *rng.pick(&EDITIONS);
    let product = |(place, form): (usize, &&str)| {
        counters.product += 1;
        let isbn = isbn::make(options.seed, counters.product as u64);
        let later = Duration::days(if matches!(*form, "AJ" | "AC") { 60 } else { 0 });
        // An edition after the first that is only planned has no ISBN yet, now and then one that
        // was typed wrong.
        let isbn = match (number % 83, place) {
            (11, 2) => None,
            (47, 2) => Some(isbn::spoiled(&isbn)),
            _ => Some(isbn),
        };
        ProductSeed {
            product_id: counters.product,
            isbn13: isbn,
            form: Some((*form).to_owned()),
            status: Some(schedule.status.to_owned()),
            publication_date: schedule.published.map(|date| date + later),
            planned_date: schedule.planned.map(|date| date + later),
            for_sale: territory.for_sale.clone(),
            not_for_sale: territory.not_for_sale.clone(),
            worldwide: territory.worldwide,
        }
    };
    forms.iter().enumerate().map(product).collect()
}

/// Two of five titles are still to come; some have only a planned date or none at all.
fn schedule(rng: &mut Rng, today: Date, number: usize, work: &Work) -> Schedule {
    let to_come = matches!(number % 5, 0 | 3);
    let date = if to_come {
        today + Duration::days(rng.between(5, 400))
    } else {
        let day = rng.between(1, 28) as u8;
        let real = work.month().and_then(|(y, m)| Date::from_calendar_date(y, m, day).ok());
        real.filter(|date| *date < today).unwrap_or(today - Duration::days(rng.between(10, 700)))
    };
    match (number % 25, to_come) {
        (10, _) => Schedule { published: None, planned: Some(date), status: "02" },
        (14, _) => Schedule { published: None, planned: None, status: "03" },
        (23, _) => Schedule { published: None, planned: None, status: "00" },
        (_, true) => Schedule { published: Some(date), planned: Some(date), status: "02" },
        (_, false) => {
            const OTHER: [&str; 8] = ["06", "07", "08", "10", "11", "16", "05", "01"];
            let status = if rng.percent(88) { "04" } else { *rng.pick(&OTHER) };
            Schedule { published: Some(date), planned: rng.percent(50).then_some(date), status }
        }
    }
}

/// Where a title is sold.
struct Territory {
    for_sale: Vec<String>,
    not_for_sale: Vec<String>,
    worldwide: Option<bool>,
}

impl Territory {
    fn pick(rng: &mut Rng) -> Self {
        let (for_sale, not_for_sale, worldwide) = match rng.below(100) {
            0..72 => (Vec::new(), Vec::new(), Some(true)),
            72..80 => (Vec::new(), list(NORTH_AMERICA), Some(true)),
            80..88 => (list(HOME), all_but(HOME), Some(false)),
            88..94 => (list(EUROPE), all_but(EUROPE), Some(false)),
            // What happens elsewhere is not stated.
            94..96 => (list(HOME), list(NORTH_AMERICA), Some(false)),
            // GB stands on both lists.
            96..98 => (list(HOME), list(EUROPE), Some(false)),
            _ => (Vec::new(), Vec::new(), None),
        };
        Self { for_sale, not_for_sale, worldwide }
    }
}

/// Whether the form is a printed book.
pub fn is_print(form: &str) -> bool {
    matches!(form, "BB" | "BC" | "BG")
}

/// The production runs: a first printing of each printed edition, sometimes a reprint.
pub fn runs(rng: &mut Rng, products: &[ProductSeed], counters: &mut Counters) -> Vec<RunSeed> {
    let printed: Vec<_> = products
        .iter()
        .filter(|product| product.form.as_deref().is_some_and(is_print))
        .map(|product| product.product_id)
        .collect();
    let printings = if printed.is_empty() || rng.percent(20) { 0 } else { rng.between(1, 2) };
    let mut printing = |_| {
        counters.run += 1;
        let mut copies = |id: &i64| {
            let ordered = rng.between(3, 60) * 100;
            (*id, ordered, rng.percent(60).then_some(ordered - rng.between(0, 40)))
        };
        RunSeed { run_id: counters.run, quantities: printed.iter().map(&mut copies).collect() }
    };
    (0..printings).map(&mut printing).collect()
}
