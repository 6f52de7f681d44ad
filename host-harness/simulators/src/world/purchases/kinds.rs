//! The kinds of purchases: most are plain and clear their cover, and a realistic minority has one
//! thing about it that a careful reader must not miss.

use super::Stock;
use crate::world::products::is_print;

/// What is special about a purchase, and what a strict reader decides about the cover.
#[derive(Debug)]
pub struct Special {
    /// The name under which `Meant` knows it.
    pub name: &'static str,
    /// `cleared`, `cleared_until`, `needs_review` or `blocked`, if nothing else is wrong.
    pub verdict: &'static str,
    /// What the title must be like for that.
    needs: Need,
}

/// What a title must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Nothing,
    Worldwide,
    WorldwidePrint,
    Date,
    RunsOver5000,
    NoRuns,
    Runs,
}

const fn special(name: &'static str, verdict: &'static str, needs: Need) -> Special {
    Special { name, verdict, needs }
}

/// Every special kind. The licensee counts only where the tenant's legal entity is configured.
pub const SPECIALS: [Special; 28] = [
    special("cancelled", "blocked", Need::Nothing),
    special("reuse", "cleared", Need::Nothing),
    special("compound", "cleared", Need::Nothing),
    special("binary-version-2", "cleared", Need::Nothing),
    special("terms-empty", "needs_review", Need::Nothing),
    special("cancelled-hidden", "blocked", Need::Nothing),
    special("two-terms", "blocked", Need::WorldwidePrint),
    special("editorial", "blocked", Need::Nothing),
    special("expired", "blocked", Need::Nothing),
    special("expiring", "cleared_until", Need::Date),
    special("first-use-missed", "blocked", Need::Date),
    special("print-run-exceeded", "blocked", Need::RunsOver5000),
    special("redelivered", "cleared", Need::Nothing),
    special("unknown-keys", "needs_review", Need::Nothing),
    special("html-text", "needs_review", Need::Nothing),
    special("mojibake-text", "needs_review", Need::Nothing),
    special("sync-absent", "cleared", Need::Nothing),
    special("hostile-binary-name", "cleared", Need::Nothing),
    special("duplicate-binary-name", "cleared", Need::Nothing),
    special("unreleased", "blocked", Need::Nothing),
    special("release-unknown", "needs_review", Need::Nothing),
    special("profiled", "cleared", Need::Runs),
    special("narrowed", "blocked", Need::Worldwide),
    special("cover-prohibited", "blocked", Need::Nothing),
    special("incomplete", "needs_review", Need::Nothing),
    special("reuse-spent", "blocked", Need::Nothing),
    special("other-licensee", "needs_review", Need::Nothing),
    special("print-run-unknown", "needs_review", Need::NoRuns),
];

/// How many stock covers share one round of the special kinds.
const ROUND: usize = 100;

/// Deals the kinds out: to some three of eleven stock covers, until each kind has had its turn.
#[derive(Default)]
pub struct Dealer {
    waiting: Vec<&'static Special>,
    dealt: usize,
}

impl Dealer {
    /// The kind of the next purchase; `None` is a plain one.
    pub fn next(&mut self, stock: &Stock) -> Option<&'static Special> {
        if self.dealt.is_multiple_of(ROUND) {
            self.waiting.extend(&SPECIALS);
        }
        let place = self.dealt;
        self.dealt += 1;
        if !matches!(place % 11, 1 | 4 | 7) || stock.asset.trait_name().is_some() {
            return None;
        }
        let fitting = self.waiting.iter().position(|special| stock.meets(special.needs))?;
        Some(self.waiting.remove(fitting))
    }
}

impl Stock<'_> {
    fn meets(&self, need: Need) -> bool {
        let title = self.title;
        let worldwide = title
            .products
            .iter()
            .all(|product| product.worldwide == Some(true) && product.not_for_sale.is_empty());
        let print = self.products().any(|p| p.form.as_deref().is_some_and(is_print));
        match need {
            Need::Nothing => true,
            Need::Worldwide => worldwide,
            Need::WorldwidePrint => worldwide && print,
            Need::Date => self.publication().is_some(),
            Need::RunsOver5000 => {
                print && self.products().any(|p| self.copies(p.product_id) > 5000)
            }
            Need::NoRuns => print && title.runs.is_empty(),
            Need::Runs => !title.runs.is_empty(),
        }
    }

    /// Copies ordered of a product, over all runs.
    fn copies(&self, product_id: i64) -> i64 {
        let quantities = self.title.runs.iter().flat_map(|run| &run.quantities);
        quantities.filter(|(id, ..)| *id == product_id).map(|(_, ordered, _)| ordered).sum()
    }
}
