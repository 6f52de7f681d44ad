//! Flow 1, approved assets: an approved cover, author photo or promotional graphic goes onto the
//! right work and the explicit products, if and only if it is cleared for them.

use crate::config::{Config, Source};
use crate::linking::{self, Linked};
use crate::model::asset::Asset;
use crate::model::date::{Day, show_day};
use crate::model::declaration::Declaration;
use crate::model::ids::ProductId;
use crate::model::licence::Purchase;
use crate::model::product::Product;
use crate::model::role::Role;
use crate::model::title::Title;
use crate::report::RecordState;
use crate::report::item::Kind;
use crate::rights::{self, Decision, Verdict};
use crate::state::link::{Appearance, Placed};
use crate::state::refusal::Refusal;
use crate::state::statement::OverrideUse;

use super::clearance::{self, Evidence};
use super::fit;
use super::placement::{Assessment, Judgement, Loss, Missing, Placement};
use super::rights_links;
use super::several_titles;
use super::troubled::{self, Troubled};

/// The slug.
pub const FLOW: &str = "approved-assets";

/// Everything that the judgement of one asset rests on.
pub struct Observed<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The asset.
    pub asset: &'a Asset,
    /// Whether it is a member of its approval collection.
    pub approved: bool,
    /// Its collection's configuration; none if it is not configured any more.
    pub source: Option<&'a Source>,
    /// What the linking rules say.
    pub linked: &'a Linked,
    /// The title they lead to.
    pub title: Option<&'a Title>,
    /// The purchases that cover it.
    pub purchases: &'a [Purchase],
    /// Declarations that were stored beside those of the configuration.
    pub declared: &'a [Declaration],
    /// What people cleared of this asset.
    pub overrides: &'a [OverrideUse],
    /// Whether the licence feed was read to its end.
    pub licences_fresh: bool,
    /// This very file was tried before and refused.
    pub refused: Option<&'a Refusal>,
    /// Copies of other titles under the same purchases.
    pub copies_elsewhere: Option<i64>,
    /// Our image of it, where there is one.
    pub ours: Option<&'a Placed>,
    /// The older image of ours beside it.
    pub rest: Option<&'a Placed>,
    /// The day on which our image of it was first put on the title.
    pub placed_on: Option<Day>,
    /// The day (UTC).
    pub today: Day,
}

struct Checks {
    steps: Vec<String>,
    missing: Vec<Missing>,
    decisions: Vec<(ProductId, Decision)>,
}

/// Judges one asset.
pub fn assess(observed: &Observed) -> Assessment {
    let mut checks = Checks { steps: Vec::new(), missing: Vec::new(), decisions: Vec::new() };
    let judgement = match judge(observed, &mut checks) {
        Ok(placement) => Judgement::Place(Box::new(placement)),
        Err(other) => *other,
    };
    Assessment { judgement, steps: checks.steps, decisions: checks.decisions }
}

fn judge(o: &Observed, checks: &mut Checks) -> Result<Placement, Box<Judgement>> {
    let source = approval(o, checks)?;
    let trouble = troubled::of(o);
    let (title, explicit, rule) = title(o, checks).map_err(|why| first(&trouble, why))?;
    let Some(role) = o.config.rules.role(o.asset, source.role) else {
        let why = "no role rule fits it and its collection has no role: add a role rule";
        return Err(first(&trouble, inbox(Kind::Unlinked, why.to_owned())));
    };
    checks.steps.push(format!("Its role is {role}."));
    let products = match (editions(o, checks, role, &explicit, title), &trouble) {
        (Err(why), Some(_)) if matches!(*why, Judgement::Hold { .. }) => Vec::new(),
        (products, _) => products?,
    };
    let with_trouble = |checks: &mut Checks, trouble| {
        let asked = Troubled { role, title, editions: &products, trouble };
        troubled::outranked(o, &mut checks.decisions, asked)
    };
    if let Some(trouble) = trouble {
        return Err(with_trouble(checks, trouble));
    }
    let (fitting, unfit) =
        fitting(o, checks, role, &products).map_err(|trouble| with_trouble(checks, trouble))?;
    let cleared = cleared(o, checks, role, title, &fitting)?;
    for (product, problem) in unfit {
        miss_unfit(o, checks, role, title, (product, problem));
    }
    Ok(placement(o, source, (title, rule), role, &cleared, checks))
}

fn approval<'a>(o: &Observed<'a>, checks: &mut Checks) -> Result<&'a Source, Box<Judgement>> {
    let Some(source) = o.source.filter(|_| o.approved) else {
        return Err(withdraw("it is no longer in an approved collection", true));
    };
    if let Some(until) = o.asset.publish_until.filter(|day| *day < o.today) {
        let why = format!("Portals says not to use it after {}", show_day(until));
        return Err(withdraw(&why, true));
    }
    checks.steps.push(format!("It is approved: a member of collection {}.", source.collection));
    Ok(source)
}

/// Trouble with the file is told before trouble with its title.
fn first(trouble: &Option<Box<Judgement>>, other: Box<Judgement>) -> Box<Judgement> {
    trouble.clone().unwrap_or(other)
}

type TitleAndProducts<'a> = (&'a Title, Vec<ProductId>, &'a str);

fn title<'a>(
    o: &Observed<'a>,
    checks: &mut Checks,
) -> Result<TitleAndProducts<'a>, Box<Judgement>> {
    let (kind, why) = match (o.linked, o.title) {
        (Linked::Title { products, rule, .. }, Some(title)) => {
            checks.steps.push(format!("Rule {rule:?} links it to {:?}.", title.title));
            return Ok((title, products.clone(), rule));
        }
        (Linked::Title { work, .. }, None) => {
            (Kind::Unlinked, format!("its title (work {work}) cannot be read from Consonance"))
        }
        (Linked::Nothing, _) => (
            Kind::Unlinked,
            "no linking rule finds an ISBN or reference in it: add one to the asset, or attach it"
                .to_owned(),
        ),
        (Linked::UnknownKeys(keys), _) => {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            (Kind::Unlinked, format!("no title in Consonance has {}", keys.join(", ")))
        }
        (Linked::Ambiguous { works }, _) => {
            let list: Vec<String> = works.iter().map(ToString::to_string).collect();
            let list = list.join(", ");
            return Err(Box::new(Judgement::Hold {
                state: RecordState::Inbox,
                kind: Kind::Ambiguous,
                why: format!("it names several titles (works {list}): say to which one it belongs"),
                facts: Some(several_titles::facts(works)),
                choices: several_titles::choices(works),
            }));
        }
        (Linked::BadIsbn(text, error), _) => {
            (Kind::BadRecord, format!("it names the ISBN {text:?}, which has {error}"))
        }
    };
    Err(inbox(kind, why))
}

fn editions<'a>(
    o: &Observed,
    checks: &mut Checks,
    role: Role,
    explicit: &[ProductId],
    title: &'a Title,
) -> Result<Vec<&'a Product>, Box<Judgement>> {
    let format = o.config.rules.format(o.asset);
    let ids = linking::products(role, explicit, format.as_ref(), title)
        .map_err(|why| cancelled(o, title).unwrap_or_else(|| which_edition(why)))?;
    let products: Vec<&Product> = title.products.iter().filter(|p| ids.contains(&p.id)).collect();
    if products.is_empty() {
        let why = "the title has no edition on sale that it could be for".to_owned();
        let nowhere = || hold(RecordState::Skipped, Kind::Unlinked, why);
        return Err(cancelled(o, title).unwrap_or_else(nowhere));
    }
    if let Some(start) = o.config.engine.start_from
        && products.iter().all(|p| p.publication_date.is_some_and(|day| day < start))
    {
        let why = format!("its editions appeared before start-from ({})", show_day(start));
        return Err(hold(RecordState::Skipped, Kind::Unlinked, why));
    }
    let names: Vec<String> = products.iter().map(|p| edition(p)).collect();
    checks.steps.push(format!("It is for {}.", names.join(", ")));
    Ok(products)
}

/// No answer can say for which edition it is: the asset itself must.
fn which_edition(why: String) -> Box<Judgement> {
    let retry =
        "Note that you saw to it; each run looks again whether its edition was named on the \
                 asset"
            .to_owned();
    Box::new(Judgement::Hold {
        state: RecordState::Inbox,
        kind: Kind::Ambiguous,
        why,
        facts: None,
        choices: vec![("retry".to_owned(), retry)],
    })
}

/// Our image is only on editions that were cancelled or withdrawn: it comes off, by policy.
fn cancelled(o: &Observed, title: &Title) -> Option<Box<Judgement>> {
    let ours = o.ours.filter(|ours| ours.asked.work == title.id.0)?;
    let of = |id: &i64| title.products.iter().find(|product| product.id.0 == *id);
    let carrying: Vec<&Product> = ours.asked.products.iter().filter_map(of).collect();
    let all = !carrying.is_empty() && carrying.len() == ours.asked.products.len();
    if !all || !carrying.iter().all(|product| linking::is_gone(product)) {
        return None;
    }
    let names: Vec<String> = carrying
        .iter()
        .map(|p| format!("{}, status {}", edition(p), p.status.as_deref().unwrap_or_default()))
        .collect();
    let names = names.join("; ");
    Some(withdraw(&format!("no edition that carries it is for sale any more: {names}"), true))
}

/// An edition as people call it.
pub fn edition(product: &Product) -> String {
    let form = product.form.as_deref().unwrap_or("no form");
    match product.isbn {
        Some(isbn) => format!("{isbn} ({form})"),
        None => format!("product {} ({form}, no ISBN)", product.id),
    }
}

/// An edition that the file does not fit, and why not.
type Unfit<'a> = (&'a Product, String);

fn fitting<'a>(
    o: &Observed,
    checks: &mut Checks,
    role: Role,
    products: &[&'a Product],
) -> Result<(Vec<&'a Product>, Vec<Unfit<'a>>), Box<Judgement>> {
    let (Some(width), Some(height)) = (o.asset.file.width, o.asset.file.height) else {
        checks.steps.push("Portals does not say its size; it is measured before it goes.".into());
        return Ok((products.to_vec(), Vec::new()));
    };
    let mut good = Vec::new();
    let mut unfit = Vec::new();
    let mut problems = Vec::new();
    for product in products {
        let fit = fit::fit_for(&o.config.specifications, role, product);
        match fit::pixel_problem(fit, width, height) {
            None => good.push(*product),
            Some(problem) => {
                problems.push(format!("{}: {problem}", edition(product)));
                unfit.push((*product, problem));
            }
        }
    }
    checks.steps.extend(problems.iter().map(|p| format!("It does not fit {p}.")));
    if good.is_empty() {
        return Err(inbox(Kind::WrongFile, problems.join("; ")));
    }
    Ok((good, unfit))
}

/// An edition that the file does not fit: may an image of it be there at all?
fn miss_unfit(o: &Observed, checks: &mut Checks, role: Role, title: &Title, unfit: Unfit) {
    let (product, problem) = unfit;
    let decision = clearance::decide(o.config, &evidence(o), (title, product), role, o.today);
    let (why, loss) = if decision.verdict.is_cleared() {
        (format!("it does not fit {}: {problem}", edition(product)), Loss::Unfit)
    } else {
        let sentence = rights::sentence(&decision);
        (format!("{}: {sentence}", edition(product)), loss(&decision))
    };
    checks.missing.push(Missing { product: product.id.0, why, loss });
}

/// How surely an image comes off an edition for which it is not cleared.
fn loss(decision: &Decision) -> Loss {
    if decision.verdict == Verdict::Blocked { Loss::Certain } else { Loss::Unsure }
}

pub(super) fn evidence<'a>(o: &Observed<'a>) -> Evidence<'a> {
    Evidence {
        asset: o.asset,
        purchases: o.purchases,
        declared: o.declared,
        overrides: o.overrides,
        copies_elsewhere: o.copies_elsewhere,
        placed_on: o.placed_on,
    }
}

fn cleared<'a>(
    o: &Observed,
    checks: &mut Checks,
    role: Role,
    title: &Title,
    products: &[&'a Product],
) -> Result<Vec<&'a Product>, Box<Judgement>> {
    let evidence = evidence(o);
    let mut good = Vec::new();
    for product in products {
        let decision = clearance::decide(o.config, &evidence, (title, product), role, o.today);
        let sentence = rights::sentence(&decision);
        let by = clearance::overridden(&decision)
            .map_or_else(String::new, |id| format!(" A person cleared it (override {id})."));
        checks.steps.push(format!("{}: {sentence}{by}", edition(product)));
        if decision.verdict.is_cleared() {
            good.push(*product);
        } else {
            let why = format!("{}: {sentence}", edition(product));
            checks.missing.push(Missing { product: product.id.0, why, loss: loss(&decision) });
        }
        checks.decisions.push((product.id, decision));
    }
    if good.is_empty() {
        return Err(not_cleared(o, &checks.decisions));
    }
    if !o.licences_fresh && !o.purchases.is_empty() {
        let why = "its rights rest on a purchase, and the licence feed cannot be read now";
        return Err(hold(RecordState::Deferred, Kind::BadRecord, why.to_owned()));
    }
    Ok(good)
}

pub(super) fn not_cleared(o: &Observed, decisions: &[(ProductId, Decision)]) -> Box<Judgement> {
    let best = decisions.iter().min_by_key(|(_, d)| d.verdict).map(|(_, d)| d.clone());
    let why = match &best {
        Some(decision) => rights::sentence(decision),
        None => "it is cleared for no edition".to_owned(),
    };
    // An old licence record is no proof that a rule is broken now.
    let fresh = o.licences_fresh || o.purchases.is_empty();
    let certain = fresh && best.as_ref().is_some_and(|d| d.verdict == Verdict::Blocked);
    Box::new(Judgement::Withdraw { why, certain, decision: best })
}

fn placement(
    o: &Observed,
    source: &Source,
    (title, rule): (&Title, &str),
    role: Role,
    products: &[&Product],
    checks: &Checks,
) -> Placement {
    let profile = &o.config.consonance.profile;
    let fits = products.iter().map(|p| fit::fit_for(&o.config.specifications, role, p));
    let appearance = Appearance {
        work: title.id.0,
        version: o.asset.version.clone(),
        variant: profile.variant(role).map(str::to_owned),
        products: products.iter().map(|p| p.id.0).collect(),
        caption: o.asset.name.clone(),
        copyright: copyright(o),
        required_credit: credit(o),
    };
    let spoken = rights_links::Spoken {
        title,
        decisions: &checks.decisions,
        credit: appearance.required_credit.as_deref(),
    };
    Placement {
        work: title.id,
        title: title.title.clone(),
        role,
        links: rights_links::links(o.config, o.asset, o.purchases, &spoken, &appearance.products),
        appearance,
        refused: Vec::new(),
        copy_refused: false,
        download_item: source.download_item.clone(),
        fit: fit::all_of(fits),
        missing: checks.missing.clone(),
        why: format!("approved as {role}, linked by rule {rule:?}, cleared"),
    }
}

fn copyright(o: &Observed) -> Option<String> {
    let bought = || o.purchases.iter().find_map(|p| p.copyright.clone());
    o.asset.file.copyright.clone().or_else(bought)
}

/// The credit that a declaration demands is a duty; the file's own credit line comes second.
fn credit(o: &Observed) -> Option<String> {
    let declared = evidence(o).declarations(o.config).into_iter().find_map(|d| d.credit.clone());
    declared.or_else(|| o.asset.file.credit.clone())
}

pub(super) fn inbox(kind: Kind, why: String) -> Box<Judgement> {
    hold(RecordState::Inbox, kind, why)
}

pub(super) fn hold(state: RecordState, kind: Kind, why: String) -> Box<Judgement> {
    Box::new(Judgement::Hold { state, kind, why, facts: None, choices: Vec::new() })
}

fn withdraw(why: &str, certain: bool) -> Box<Judgement> {
    Box::new(Judgement::Withdraw { why: why.to_owned(), certain, decision: None })
}
