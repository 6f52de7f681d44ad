//! From titles to uses.

use super::*;
use crate::model::country::CountrySet;
use crate::model::ids::{ProductId, WorkId};
use crate::model::publication::Publication;
use crate::model::title::ProductionRun;

fn product(id: i64, form: Option<&str>) -> Product {
    Product {
        id: ProductId(id),
        isbn: None,
        form: form.map(str::to_owned),
        status: None,
        publication_date: None,
        territory: SalesTerritory::default(),
        web_links: Vec::new(),
    }
}

fn title(forms: &[&str], runs: &[(i64, i64, Option<i64>)]) -> Title {
    let quantity = |(product, ordered, received): &(i64, i64, Option<i64>)| RunQuantity {
        product: ProductId(*product),
        ordered: *ordered,
        received: *received,
    };
    let run = |row| ProductionRun { quantities: vec![quantity(row)] };
    Title {
        id: WorkId(1),
        title: String::new(),
        subtitle: None,
        in_house_reference: None,
        imprint: None,
        publication: Publication::default(),
        contributors: Vec::new(),
        languages: Vec::new(),
        products: (1..).zip(forms).map(|(id, form)| product(id, Some(form))).collect(),
        runs: runs.iter().map(run).collect(),
        resources: Vec::new(),
        notes: Vec::new(),
    }
}

fn ask(title: &Title, product: &Product, elsewhere: Option<i64>) -> Use {
    use_of(&UseInput {
        serves_from: None,
        role: Role::FrontCover,
        title,
        product,
        tenant: &Tenant { legal_entity: Some("Us"), default_language: Some("ger") },
        copies_elsewhere: elsewhere,
        today: Day::MIN,
    })
}

#[test]
fn media_follow_the_form() {
    for (form, print, digital) in [
        (Some("BB"), true, false),
        (Some("AC"), true, false),
        (Some("DG"), false, true),
        (Some("AJ"), false, true),
        (Some("BA"), false, false),
        (Some("ZZ"), false, false),
        (None, false, false),
    ] {
        let media = ask(&title(&[], &[]), &product(1, form), None).media;
        assert_eq!(media, Media { print, digital, unknown: !print && !digital }, "{form:?}");
    }
}

#[test]
fn runs_count_every_physical_format() {
    let (copies, unknown) = (Run::Copies, Run::Unknown);
    for (runs, elsewhere, planned, prior) in [
        (&[][..], Some(0), unknown, copies(0)),
        (&[], None, unknown, unknown),
        (&[(1, 5_000, None)], Some(0), copies(5_000), copies(0)),
        (&[(1, 5_000, Some(2_000))], Some(100), copies(3_000), copies(2_100)),
        (&[(1, 5_000, Some(5_200))], Some(0), copies(0), copies(5_200)),
        (&[(1, 1_000, None), (2, 500, None)], Some(0), copies(1_500), copies(0)),
        // An ebook has no copies that a cap counts.
        (&[(1, 1_000, None), (3, 9, None)], Some(0), copies(1_000), copies(0)),
        // The paperback's run says nothing about the hardback's.
        (&[(2, 500, Some(200))], Some(0), unknown, copies(500)),
        (&[(1, -1, None)], Some(0), Run::Invalid, copies(0)),
        (&[(1, 10, None)], Some(-1), copies(10), Run::Invalid),
    ] {
        let title = title(&["BB", "BC", "DG"], runs);
        let asked = ask(&title, &title.products[0], elsewhere);
        assert_eq!((asked.planned_run, asked.prior_run), (planned, prior), "{runs:?}");
    }
}

#[test]
fn what_is_contradictory_or_absent_is_unknown() {
    let mut sold = product(1, Some("BB"));
    let mut title = title(&["BB"], &[]);
    let asked = ask(&title, &sold, None);
    assert_eq!(asked.territory, Territory::default());
    assert_eq!(asked.languages, Languages::of(["deu"]));
    assert_eq!((asked.use_from, asked.use_until), (UseFrom::Unknown, None));
    assert_eq!(asked.legal_entity.as_deref(), Some("Us"));
    sold.territory.known = CountrySet::from_codes(["GB"]).0;
    sold.territory.contradictory = true;
    sold.publication_date = Some(Day::MAX);
    title.languages = vec!["eng".to_owned()];
    let asked = ask(&title, &sold, None);
    assert!(asked.territory.unknown_rest && asked.territory.known.contains("GB"));
    assert_eq!(asked.languages, Languages::of(["en"]));
    assert_eq!(asked.use_from, UseFrom::Day(Day::MAX));
}

#[test]
fn promotion_has_a_medium_of_its_own() {
    let (title, tenant) = (title(&["BB", "DG"], &[]), Tenant::default());
    for (role, product, print) in [
        (Role::Social, 0, false),
        (Role::MarketingDigital, 0, false),
        (Role::MarketingPrint, 1, true),
        (Role::AuthorPhoto, 0, true),
        (Role::AuthorPhoto, 1, false),
    ] {
        let asked = use_of(&UseInput {
            serves_from: None,
            role,
            title: &title,
            product: &title.products[product],
            tenant: &tenant,
            copies_elsewhere: None,
            today: Day::MIN,
        });
        assert_eq!((asked.media.print, asked.media.digital), (print, !print), "{role}");
    }
}

#[test]
fn an_image_serves_from_publication_or_from_its_placement() {
    let day = |ordinal| Day::from_ordinal_date(2026, ordinal).expect("a day");
    let mut sold = product(1, Some("BB"));
    let title = title(&["BB"], &[]);
    let tenant = Tenant::default();
    let from = |sold: &Product, serves_from| {
        use_of(&UseInput {
            serves_from,
            role: Role::FrontCover,
            title: &title,
            product: sold,
            tenant: &tenant,
            copies_elsewhere: None,
            today: day(100),
        })
        .use_from
    };
    assert_eq!(from(&sold, Some(day(9))), UseFrom::Unknown, "not published: not known");
    sold.publication_date = Some(day(50));
    assert_eq!(from(&sold, None), UseFrom::Day(day(50)));
    assert_eq!(from(&sold, Some(day(9))), UseFrom::Day(day(50)));
    assert_eq!(from(&sold, Some(day(99))), UseFrom::Day(day(99)));
}
