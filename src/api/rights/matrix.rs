//! `rights.clearance`: edition by territory by print run, from what was read last.

use super::{Cell, Edition, Matrix, Reusable};
use crate::api::convert;
use crate::api::error::{ApiError, Problem};
use crate::engine::budget::{Allowance, Budget};
use crate::engine::dossier::{Dossier, dossiers, of_same_content};
use crate::engine::plan::survey::{Subject, Survey, survey};
use crate::engine::run::Run;
use crate::engine::stop::Stop;
use crate::flows::approved_assets::FLOW;
use crate::flows::clearance::{self, Evidence};
use crate::linking::project_names_title;
use crate::model::ids::{AssetId, PurchaseId, WorkId};
use crate::model::isbn::Isbn13;
use crate::model::licence::Purchase;
use crate::model::product::Product;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::platform::Platform;
use crate::rights::{self, Decision, Resolved, Sources, Use, matrix::parts};
use crate::state::mirror::{StoredPurchase, StoredTitle};
use crate::state::{keys, store};

/// A run that may send nothing: questions are answered from the mirrors.
pub(super) fn quiet<'a>(
    platform: &'a dyn Platform,
    config: &'a crate::config::Config,
) -> Result<Run<'a>, Stop> {
    let nothing = Allowance { deadline_ms: 1, max_requests: 0, max_writes: 0 };
    let mut run = Run::begin(platform, config, FLOW, Budget::start(platform, nothing));
    run.inbox.load_decisions(platform)?;
    Ok(run)
}

/// The clearance matrix of a title; `isbn`: any of its products.
pub fn clearance(
    platform: &dyn Platform,
    config: &str,
    isbn: &str,
    planned_run: Option<u64>,
) -> Result<Matrix, ApiError> {
    let config = convert::config(config)?;
    let isbn = Isbn13::parse(isbn).map_err(|why| {
        let expected = "an ISBN whose check digit fits";
        ApiError::InputInvalid(vec![Problem::new(
            "isbn",
            format!("{isbn}: {why}"),
            expected,
            "copy it from the title",
        )])
    })?;
    let run = quiet(platform, &config)?;
    let title = title_of(&run, isbn)?;
    let survey = survey(&run)?;
    let subjects: Vec<Subject> = survey.subjects.of_title(title.id).collect();
    let asking = Asking { run: &run, survey: &survey, title: &title, planned_run };
    let mut matrix = Matrix {
        title: title.title.clone(),
        editions: asking.editions().map(edition).collect(),
        cells: Vec::new(),
        reusable: Vec::new(),
    };
    let mut shown: Vec<PurchaseId> = Vec::new();
    for dossier in dossiers(&run, &survey, &subjects)? {
        asking.of_asset(&dossier, &mut matrix)?;
        shown.extend(dossier.purchases.iter().map(|p| p.id.clone()));
    }
    for purchase in named_for(&run, &title)?.into_iter().filter(|p| !shown.contains(&p.id)) {
        matrix.cells.extend(asking.of_purchase(&purchase));
    }
    Ok(matrix)
}

fn edition(product: &Product) -> Edition {
    Edition {
        product_id: product.id,
        isbn: product.isbn.map(|isbn| isbn.to_string()),
        form: product.form.clone(),
        publication_date: product.publication_date,
    }
}

fn title_of(run: &Run, isbn: Isbn13) -> Result<Title, ApiError> {
    let (entries, _) = store::page(run.platform, &keys::index::isbn(isbn), None, 20)
        .map_err(|fault| ApiError::from(Stop::from(fault)))?;
    for entry in entries {
        let work = entry.key.rsplit('/').next().and_then(|id| id.parse().ok()).map(WorkId);
        let Some(work) = work else { continue };
        let stored = store::get_mirrors::<StoredTitle>(run.platform, &[keys::title(work)]);
        let stored = stored.map_err(|fault| ApiError::from(Stop::from(fault)))?.pop();
        let title = stored.and_then(|(stored, _)| stored).filter(|s| !s.gone).map(|s| s.title);
        if let Some(title) = title.filter(|t| t.products.iter().any(|p| p.isbn == Some(isbn))) {
            return Ok(title);
        }
    }
    Err(ApiError::NotFound(format!(
        "no title with ISBN {isbn} was read from Consonance: run a flow first, or check the number"
    )))
}

/// Purchases whose project names the title.
fn named_for(run: &Run, title: &Title) -> Result<Vec<Purchase>, Stop> {
    let mut found = Vec::new();
    store::scan(run.platform, "licence/", |entry| {
        if let Some(stored) = store::mirror::<StoredPurchase>(entry)?
            && project_names_title(&stored.value.purchase, title)
        {
            found.push(stored.value.purchase);
        }
        Ok(())
    })?;
    Ok(found)
}

struct Asking<'a> {
    run: &'a Run<'a>,
    survey: &'a Survey,
    title: &'a Title,
    planned_run: Option<u64>,
}

impl Asking<'_> {
    /// The editions that are asked about: all but cancelled ones (ONIX List 64 code 01).
    fn editions(&self) -> impl Iterator<Item = &Product> {
        self.title.products.iter().filter(|p| p.status.as_deref() != Some("01"))
    }

    fn of_asset(&self, dossier: &Dossier, matrix: &mut Matrix) -> Result<(), Stop> {
        let evidence = dossier.evidence(self.survey);
        let resolved = evidence.resolved(self.run.config);
        let others = of_same_content(self.run, &dossier.purchases)?;
        for product in self.editions() {
            let of_person = clearance::decide(
                self.run.config,
                &evidence,
                (self.title, product),
                dossier.role,
                self.run.today,
            );
            let is_override = clearance::overridden(&of_person).is_some();
            let (asked, cells) = if is_override && self.planned_run.is_none() {
                let cell =
                    self.cell(&dossier.asset.id, dossier.role, product, &of_person, Vec::new());
                (None, vec![cell])
            } else {
                let asked = self.asked(&evidence, product, dossier.role);
                let cells = self.cells(&resolved, &asked, &dossier.asset.id, product);
                (Some(asked), cells)
            };
            let uncleared =
                cells.iter().any(|c| c.decision.verdict > crate::api::Verdict::ClearedUntil);
            if let Some(asked) = asked.filter(|_| uncleared) {
                for other in others.values() {
                    matrix.reusable.extend(self.reusable(dossier, product, other, &asked));
                }
            }
            matrix.cells.extend(cells);
        }
        Ok(())
    }

    /// What a purchase allows that no asset on the title shows: an illustration inside the book.
    fn of_purchase(&self, purchase: &Purchase) -> Vec<Cell> {
        let resolved = self.resolved(purchase);
        let id = AssetId(format!("purchase:{}", purchase.id));
        let mut cells = Vec::new();
        for product in self.editions() {
            let asked = rights::use_of(&rights::UseInput {
                role: Role::Interior,
                title: self.title,
                product,
                tenant: &self.tenant(),
                copies_elsewhere: Some(0),
                serves_from: None,
                today: self.run.today,
            });
            cells.extend(self.cells(&resolved, &self.planned(asked), &id, product));
        }
        cells
    }

    fn tenant(&self) -> rights::Tenant<'_> {
        let rights = &self.run.config.rights;
        rights::Tenant {
            legal_entity: rights.legal_entity.as_deref(),
            default_language: rights.default_language.as_deref(),
        }
    }

    fn resolved(&self, purchase: &Purchase) -> Resolved {
        Resolved::of(&Sources {
            purchases: vec![purchase],
            declarations: Vec::new(),
            profiles: &self.run.config.rights.profiles,
        })
    }

    fn asked(&self, evidence: &Evidence, product: &Product, role: Role) -> Use {
        let today = self.run.today;
        // An edition that is out already is asked about from our placement on.
        let published = product.publication_date.is_some_and(|day| day < today);
        let from = published.then(|| evidence.placed_on.unwrap_or(today));
        let config = self.run.config;
        self.planned(clearance::use_of(config, evidence, (self.title, product), role, today, from))
    }

    /// The use with a planned run: what runs ordered so far counts as made before it.
    fn planned(&self, asked: Use) -> Use {
        match self.planned_run {
            None => asked,
            Some(copies) => Use {
                prior_run: asked.prior_run.and(asked.planned_run),
                planned_run: rights::Run::Copies(copies),
                ..asked
            },
        }
    }

    fn cells(&self, resolved: &Resolved, asked: &Use, id: &AssetId, on: &Product) -> Vec<Cell> {
        let cell = |part: &rights::matrix::Part| {
            let territories = part.countries.codes().map(str::to_owned).collect();
            self.cell(id, asked.role, on, &part.decision, territories)
        };
        parts(resolved, asked).iter().map(cell).collect()
    }

    fn cell(
        &self,
        asset: &AssetId,
        role: Role,
        product: &Product,
        decision: &Decision,
        territories: Vec<String>,
    ) -> Cell {
        Cell {
            asset: asset.clone(),
            role: role.as_str().to_owned(),
            product_id: product.id,
            territories,
            planned_run: self.planned_run,
            source: decision.source.as_deref().map(str::to_owned),
            decision: decision.into(),
        }
    }

    /// An earlier purchase of the same image, if it would clear what the title's own does not.
    fn reusable(
        &self,
        dossier: &Dossier,
        product: &Product,
        other: &Purchase,
        asked: &Use,
    ) -> Option<Reusable> {
        let decision = self.resolved(other).decide(asked);
        decision.verdict.is_cleared().then(|| Reusable {
            purchase: other.id.0.clone(),
            name: other.name.clone(),
            asset: dossier.asset.id.clone(),
            product_id: product.id,
            decision: (&decision).into(),
        })
    }
}
