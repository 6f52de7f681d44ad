//! The full clearance matrix of a catalogue: every image on every edition, split by country where
//! the decision differs, from the mirrors in a store in memory.
//!
//! Invariant: what is measured is the path of the exports (linking, purchases, decision, split), and
//! the whole matrix is held at its end, so that its memory is counted.

use std::sync::Arc;
use std::time::{Duration, Instant};

use consonance_smintio::config::{self, Config};
use consonance_smintio::engine::budget::{Allowance, Budget};
use consonance_smintio::engine::dossier::dossiers;
use consonance_smintio::engine::plan::survey::{Survey, survey};
use consonance_smintio::engine::run::Run;
use consonance_smintio::engine::stop::Stop;
use consonance_smintio::flows::approved_assets::FLOW;
use consonance_smintio::flows::clearance;
use consonance_smintio::model::country::CountrySet;
use consonance_smintio::model::date::Day;
use consonance_smintio::rights::matrix::parts;
use consonance_smintio::rights::{Code, Verdict};
use host_harness::state::memory::MemoryStore;

use super::Figure;
use super::native::Native;
use super::stopwatch::{per_second, seconds};
use crate::cli::arguments::MatrixOptions;
use crate::cli::exit::Failure;

mod catalogue;

/// Assets whose records are in hand at once.
const AT_ONCE: usize = 50;

/// One cell: an image on an edition in some countries.
struct Cell {
    _product: i64,
    _countries: CountrySet,
    verdict: Verdict,
    _until: Option<Day>,
    _code: Option<Code>,
    _source: Option<Arc<str>>,
}

/// Measures.
pub fn measure(options: &MatrixOptions) -> Result<Vec<Figure>, Failure> {
    let wrong = |what: String| Failure::Platform(anyhow::anyhow!(what));
    let config = config::parse(catalogue::CONFIG)
        .map_err(|problems| wrong(format!("the configuration: {problems:?}")))?;
    let store = Arc::new(MemoryStore::default());
    let platform = Native::new(Arc::<MemoryStore>::clone(&store));
    let bytes = catalogue::fill(&platform, options.titles)
        .map_err(|fault| wrong(format!("the store: {fault:?}")))?;
    let before = memory("VmRSS");
    let nothing = Allowance { deadline_ms: 1, max_requests: 0, max_writes: 0 };
    let run = Run::begin(&platform, &config, FLOW, Budget::start(&platform, nothing));
    let began = Instant::now();
    let found = survey(&run).map_err(|stop| wrong(format!("{stop:?}")))?;
    let linked = began.elapsed();
    let began = Instant::now();
    let (cells, uses) = matrix(&run, &config, &found).map_err(|stop| wrong(format!("{stop:?}")))?;
    let decided = began.elapsed();
    Ok(figures(options.titles, (bytes, before), (linked, decided), (&cells, uses)))
}

fn matrix(run: &Run, config: &Config, survey: &Survey) -> Result<(Vec<Cell>, usize), Stop> {
    let mut cells = Vec::new();
    let mut uses = 0;
    for chunk in survey.subjects.by_title(AT_ONCE) {
        for dossier in dossiers(run, survey, &chunk)? {
            let evidence = dossier.evidence(survey);
            let resolved = evidence.resolved(config);
            for product in &dossier.title.products {
                let on = (&dossier.title, product);
                let asked = clearance::use_of(config, &evidence, on, dossier.role, run.today, None);
                uses += 1;
                cells.extend(parts(&resolved, &asked).into_iter().map(|part| Cell {
                    _product: product.id.0,
                    _countries: part.countries,
                    verdict: part.decision.verdict,
                    _until: part.decision.until,
                    _code: part.decision.deciding_reasons().first().map(|reason| reason.code),
                    _source: part.decision.source,
                }));
            }
        }
    }
    Ok((cells, uses))
}

fn figures(
    titles: usize,
    (bytes, before): (usize, Option<u64>),
    (linked, decided): (Duration, Duration),
    (cells, uses): (&[Cell], usize),
) -> Vec<Figure> {
    let count = |verdict| cells.iter().filter(|cell| cell.verdict == verdict).count();
    let mib = |kib: Option<u64>| kib.map_or_else(|| "not known".into(), |kib| (kib / 1_024).into());
    let used = memory("VmHWM").zip(before).map(|(peak, before)| peak.saturating_sub(before));
    vec![
        ("titles".to_owned(), titles.into()),
        ("images on editions".to_owned(), uses.into()),
        ("cells, split by country where they differ".to_owned(), cells.len().into()),
        ("cleared".to_owned(), count(Verdict::Cleared).into()),
        ("cleared until a day".to_owned(), count(Verdict::ClearedUntil).into()),
        ("needs review".to_owned(), count(Verdict::NeedsReview).into()),
        ("blocked".to_owned(), count(Verdict::Blocked).into()),
        ("linking, s".to_owned(), seconds(linked).into()),
        ("deciding and splitting, s".to_owned(), seconds(decided).into()),
        ("the full matrix, s".to_owned(), seconds(linked + decided).into()),
        ("images on editions a second".to_owned(), per_second(uses, linked + decided).into()),
        ("mirrors in the store, MiB".to_owned(), (bytes / (1 << 20)).into()),
        ("memory for the matrix beyond them, MiB".to_owned(), mib(used)),
        ("peak memory of the process, MiB".to_owned(), mib(memory("VmHWM"))),
    ]
}

/// A figure of this process in KiB, where the system tells.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.split_whitespace().next()?.parse().ok()
}
