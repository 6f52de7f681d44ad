//! The fields of a work and of its production runs.

use super::{Input, NULL, Node, Out, leaf, nodes, people, plain, product, record, resource, root};
use crate::consonance::store::{Store, Work};

pub(super) fn resolve(store: &mut Store, id: i64, field: &str, args: &Input<'_>) -> Option<Out> {
    if field == "supportingResources" {
        return Some(resource::of_work(store, id));
    }
    let work = store.work(id)?;
    let title = &work.title;
    let out = match field {
        "id" => leaf(id),
        "title" => leaf(title.title.as_str()),
        "subtitle" => leaf(title.subtitle.clone()),
        "inHouseWorkReference" => leaf(title.in_house_reference.clone()),
        "identifyingDoi" => leaf(title.doi.clone()),
        "projectStage" => leaf(title.project_stage.clone()),
        "season" => leaf(title.season.clone()),
        "marketingTier" => leaf(title.marketing_tier.clone()),
        "authorshipDescription" => leaf(people::authorship(work)),
        "contributorPrettyList" => leaf(people::pretty_list(work)),
        "imprint" => title.imprint.as_ref().map_or(NULL, |(imprint, name)| {
            record([("id", leaf(*imprint)), ("name", leaf(name.as_str()))])
        }),
        "contributions" => people::contributions(work),
        "products" => {
            let search = root::product_search(&args.object("productSearch"));
            let found = title.products.iter().filter(|product| search.finds(work, product));
            product::list(store, found.map(|product| product.product_id))
        }
        "marketingTexts" => resource::texts_of(store, id, None, args),
        "subjectCodes" => subjects(work, args),
        "bics" => codes_of(work, "BIC"),
        "bisacs" => codes_of(work, "BISAC"),
        "productionRuns" => nodes(0..title.runs.len(), |at| Node::Run(id, at)),
        "seriesMemberships" | "prizes" => Out::List(Vec::new()),
        "abbreviatedTitle" | "alternativeTitles" | "workType" | "editionNumber"
        | "editionStatement" | "publishersUrl" => NULL,
        _ => return None,
    };
    Some(out)
}

fn subjects(work: &Work, args: &Input<'_>) -> Out {
    let schemes = args.texts("schemesIn");
    let main_only = args.flag("mainOnly").unwrap_or(false);
    let wanted = work.title.subjects.iter().filter(|(scheme, _, _, main)| {
        schemes.as_ref().is_none_or(|schemes| schemes.contains(scheme)) && (*main || !main_only)
    });
    let typed = wanted.filter_map(|(scheme, code, heading, main)| {
        let name = match scheme.as_str() {
            "THEMA" => "Thema",
            "BIC" => "BIC",
            "BISAC" => "BISAC",
            _ => return None,
        };
        let parent = code.char_indices().last().map(|(end, _)| &code[..end]);
        let fields = [
            ("code", leaf(code.as_str())),
            ("description", leaf(heading.as_str())),
            ("main", leaf(*main)),
            ("parentCode", leaf(parent.filter(|parent| !parent.is_empty()))),
        ];
        Some(Out::Typed(name, plain(fields)))
    });
    Out::List(typed.collect())
}

fn codes_of(work: &Work, scheme: &str) -> Out {
    let of_scheme = work.title.subjects.iter().filter(|(name, _, _, _)| name == scheme);
    leaf(of_scheme.map(|(_, code, _, _)| code.as_str()).collect::<Vec<_>>())
}

/// The fields of a production run.
pub(super) fn run(store: &Store, work_id: i64, at: usize, field: &str) -> Option<Out> {
    let run = store.work(work_id)?.title.runs.get(at)?;
    let out = match field {
        "id" => leaf(run.run_id),
        "name" => leaf(format!("Run {}", at + 1)),
        "deliveryDate" => NULL,
        "productIds" => leaf(run.quantities.iter().map(|(id, _, _)| *id).collect::<Vec<_>>()),
        "work" => Out::Node(Node::Work(work_id)),
        "quantities" => {
            let numbered = run.quantities.iter().zip(1..);
            Out::List(numbered.map(|(entry, n)| quantity(store, run.run_id, n, entry)).collect())
        }
        _ => return None,
    };
    Some(out)
}

fn quantity(store: &Store, run_id: i64, n: i64, entry: &(i64, i64, Option<i64>)) -> Out {
    let (product_id, ordered, received) = *entry;
    record([
        ("id", leaf(run_id * 10 + n)),
        ("name", NULL),
        ("description", NULL),
        ("product", product::one(store, product_id)),
        ("productId", leaf(product_id)),
        ("quantity", leaf(ordered)),
        ("receivedQuantity", leaf(received)),
        ("productionRunId", leaf(run_id)),
    ])
}
