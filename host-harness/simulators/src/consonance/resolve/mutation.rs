//! The mutations: input in, payload out, problems in the shape that is set.

use super::{Input, NULL, Node, Out, leaf, product, record};
use crate::consonance::{
    codes, images,
    settings::MutationErrors,
    store::{
        MarketingText, Store,
        write::{NewResource, Problem, ProductChange, problem},
    },
};

/// What a mutation made or said, by the payload's field.
type Outcome = Result<Vec<(&'static str, Out)>, Vec<Problem>>;

pub(super) fn resolve(store: &mut Store, field: &str, args: &Input<'_>) -> Option<Out> {
    let input = args.object("input");
    if refuses(store) {
        *store.counts.mutations.entry(field.to_owned()).or_default() += 1;
        *store.counts.refused.entry(field.to_owned()).or_default() += 1;
        let refused = Err(vec![problem("base", "is locked by another user (on purpose)")]);
        return Some(payload(store.settings.mutation_errors, &input, refused));
    }
    let outcome = match field {
        "createSupportingResource" => create_resource(store, &input),
        "completeSupportingResourceUpload" => complete_upload(store, &input),
        "deleteSupportingResource" => with_id(&input, |id| store.delete_resource(id)).map(success),
        "createWebLink" => create_link(store, &input),
        "deleteWebLink" => with_id(&input, |id| store.delete_link(id)).map(success),
        "createMarketingText" => create_text(store, &input),
        "updateWork" => update_work(store, &input),
        "updateProduct" => update_product(store, &input),
        _ => return None,
    };
    *store.counts.mutations.entry(field.to_owned()).or_default() += 1;
    if outcome.is_err() {
        *store.counts.refused.entry(field.to_owned()).or_default() += 1;
    }
    Some(payload(store.settings.mutation_errors, &input, outcome))
}

/// Whether settings say that this mutation is refused, whatever it asks for.
fn refuses(store: &Store) -> bool {
    let so_far: u64 = store.counts.mutations.values().sum();
    let every = store.settings.refuse_every;
    every > 0 && (so_far + 1).is_multiple_of(every)
}

fn payload(shape: MutationErrors, input: &Input<'_>, outcome: Outcome) -> Out {
    let (fields, problems) = match outcome {
        Ok(fields) => (fields, Vec::new()),
        Err(problems) => (vec![("success", leaf(false))], problems),
    };
    let nothing = ["supportingResource", "presignedUrl", "webLink", "marketingText", "work"];
    let mut all: std::collections::BTreeMap<&'static str, Out> =
        nothing.into_iter().map(|name| (name, NULL)).collect();
    all.insert("product", NULL);
    all.extend(fields);
    all.insert("clientMutationId", leaf(input.text("clientMutationId")));
    all.insert("errors", Out::List(problems.into_iter().map(|p| shaped(shape, p)).collect()));
    Out::Node(Node::Record(std::sync::Arc::new(all)))
}

fn shaped(shape: MutationErrors, problem: Problem) -> Out {
    let Problem { field, message } = problem;
    match shape {
        MutationErrors::Strings => leaf(format!("{field}: {message}")),
        MutationErrors::FieldMessages => {
            record([("field", leaf(field)), ("messages", leaf(vec![message]))])
        }
        MutationErrors::AttributeMessage => {
            record([("attribute", leaf(field)), ("message", leaf(message))])
        }
    }
}

fn with_id<T>(
    input: &Input<'_>,
    act: impl FnOnce(i64) -> Result<T, Vec<Problem>>,
) -> Result<T, Vec<Problem>> {
    input.int("id").ok_or_else(|| vec![problem("id", "can't be blank")]).and_then(act)
}

fn success((): ()) -> Vec<(&'static str, Out)> {
    vec![("success", leaf(true))]
}

fn create_resource(store: &mut Store, input: &Input<'_>) -> Outcome {
    let id = store.create_resource(NewResource {
        work_id: input.int("workId").unwrap_or_default(),
        copyright: input.text("copyright"),
        required_credit: input.text("requiredCredit"),
        caption: input.text("caption"),
        image_remote_url: input.text("imageRemoteUrl"),
        resource_file_name: input.text("resourceFileName"),
        status: input.text("status"),
        variant: input.text("resourceVariant"),
        audience: input.text("onixContentAudienceCode"),
        product_ids: input.ints("productIds"),
        link_to_all_products: input.flag("linkToAllProducts").unwrap_or(false),
        unlink_previous: input.flag("unlinkPrevious").unwrap_or(false),
    })?;
    let presigned = store.resource(id).and_then(|resource| images::presigned_url(store, resource));
    Ok(vec![
        ("supportingResource", Out::Node(Node::Resource(id))),
        ("presignedUrl", leaf(presigned)),
    ])
}

fn complete_upload(store: &mut Store, input: &Input<'_>) -> Outcome {
    let id = with_id(input, |id| {
        if store.resource(id).is_none() {
            return Err(vec![problem("id", "Supporting resource not found")]);
        }
        let uploaded = store.complete_upload(id);
        if uploaded { Ok(id) } else { Err(vec![problem("id", "no file was uploaded for it")]) }
    })?;
    Ok(vec![("supportingResource", Out::Node(Node::Resource(id)))])
}

fn create_link(store: &mut Store, input: &Input<'_>) -> Outcome {
    let parents = (input.int("workId"), input.int("productId"));
    let link = input.text("link").unwrap_or_default();
    let id = store.create_link(parents, link, input.text("role"), input.text("note"))?;
    Ok(vec![("webLink", Out::Node(Node::Link(id)))])
}

fn create_text(store: &mut Store, input: &Input<'_>) -> Outcome {
    let markdown = input.text("externalTextMarkdown").unwrap_or_default();
    let escaped = markdown.replace('&', "&amp;").replace('<', "&lt;");
    let id = store.create_text(MarketingText {
        work_id: input.int("workId").unwrap_or_default(),
        variant: input.text("variant"),
        external_html: format!("<p>{escaped}</p>"),
        external_markdown: markdown,
        internal_markdown: input.text("internalTextMarkdown").unwrap_or_default(),
        product_ids: input.ints("productIds"),
        from_date: input.text("fromDate"),
    })?;
    Ok(vec![("marketingText", Out::Node(Node::Text(id)))])
}

fn update_work(store: &mut Store, input: &Input<'_>) -> Outcome {
    let (title, subtitle) = (input.text("title"), input.patch("subtitle", Input::text));
    let id = with_id(input, |id| store.update_work(id, title, subtitle).map(|()| id))?;
    Ok(vec![("work", Out::Node(Node::Work(id)))])
}

fn update_product(store: &mut Store, input: &Input<'_>) -> Outcome {
    let code = |input: &Input<'_>, name: &str| {
        input.text(name).map(|value| codes::code_of(&value).to_owned())
    };
    let change = ProductChange {
        isbn: input.patch("isbn", Input::text),
        publication_date: input.patch("publicationDate", Input::date),
        status: input.patch("onixPublishingStatusCode", code),
    };
    let id = with_id(input, |id| store.update_product(id, change).map(|()| id))?;
    Ok(vec![("product", product::one(store, id))])
}
