//! Small assets and titles for the tests of this module.

use crate::model::asset::{Asset, FileFacts};
use crate::model::ids::{ProductId, WorkId};
use crate::model::product::{Product, SalesTerritory};
use crate::model::publication::Publication;
use crate::model::title::Title;

/// An asset with this document.
pub fn asset(document: &str) -> Asset {
    Asset {
        id: "1:image:a".into(),
        collection: "covers".into(),
        name: None,
        external_id: None,
        file: FileFacts::default(),
        revision: String::new(),
        version: String::new(),
        publish_from: None,
        publish_until: None,
        downloadable: None,
        document: document.to_owned(),
    }
}

/// A title with products of these ids, forms and statuses.
pub fn title(products: &[(i64, &str, &str)]) -> Title {
    let product = |(id, form, status): &(i64, &str, &str)| Product {
        id: ProductId(*id),
        isbn: None,
        form: Some((*form).to_owned()),
        status: Some((*status).to_owned()),
        publication_date: None,
        territory: SalesTerritory::default(),
        web_links: Vec::new(),
    };
    Title {
        id: WorkId(1),
        title: "A Title".to_owned(),
        subtitle: None,
        in_house_reference: None,
        imprint: None,
        publication: Publication::default(),
        contributors: Vec::new(),
        languages: Vec::new(),
        products: products.iter().map(product).collect(),
        runs: Vec::new(),
        resources: Vec::new(),
        notes: Vec::new(),
    }
}
