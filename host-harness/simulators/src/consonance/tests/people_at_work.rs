//! What people do by hand, and what `changedSince` sees of it.

use serde_json::json;
use time::macros::date;

use super::{Bench, Row, bench::NOW, row};
use crate::{
    consonance::{ChangedSince, LinkParent, NoSuchRecord, Person},
    world::seed::ForeignCoverSeed,
};

pub(super) const ROWS: &[Row] = &[
    row("titles, dates, statuses, ISBNs and contributors touch the work", "1.4", touching),
    row("resources, web links and imprints do not", "1.4", not_touching),
    row("a hand-made change is what the next query shows", "2", shown),
    row("what is not there cannot be changed", "2", missing),
];

type Act = fn(&mut Person<'_>) -> Result<(), NoSuchRecord>;

fn changed_after(act: Act) -> serde_json::Value {
    let mut bench = Bench::with(|settings| settings.changed_since = ChangedSince::Exact);
    bench.core.act(NOW, act).expect("the record exists");
    bench.works("changedSince: \"2026-03-10\"")
}

fn cover() -> ForeignCoverSeed {
    ForeignCoverSeed { product_ids: vec![1003], file_name: "x.jpg".to_owned(), width: 9, height: 9 }
}

fn touching(_: &mut Bench) {
    let cases: [(Act, serde_json::Value); 5] = [
        (|person| person.set_title(103, "T"), json!([103])),
        (|person| person.set_publication_date(1003, None), json!([103])),
        (|person| person.set_status(1005, "01"), json!([105])),
        (|person| person.set_isbn(1005, Some("9781783740000")), json!([105])),
        (|person| person.rename_contributor(500, "A. Lovelace"), json!([101, 103, 105, 107])),
    ];
    for (act, expected) in cases {
        assert_eq!(changed_after(act), expected);
    }
}

fn not_touching(_: &mut Bench) {
    let cases: [Act; 4] = [
        |person| person.add_cover(103, &cover()).map(drop),
        |person| person.add_web_link(LinkParent::Work(103), "https://a.test", None, None).map(drop),
        |person| {
            let id = person.add_cover(103, &cover())?;
            person.set_caption(id, Some("c"))?;
            person.set_products(id, &[])?;
            person.delete_resource(id)
        },
        |person| {
            assert_eq!(person.rename_imprint(1, "New Imprint"), 3);
            Ok(())
        },
    ];
    for act in cases {
        assert_eq!(changed_after(act), json!([]));
    }
}

fn shown(bench: &mut Bench) {
    let id = bench.core.act(NOW, |person| {
        person.set_publication_date(1001, Some(date!(2027 - 01 - 02)))?;
        person.set_status(1001, "03")?;
        let id = person.add_cover(101, &cover())?;
        person.set_caption(id, Some("By hand"))?;
        Ok::<_, NoSuchRecord>(id)
    });
    let id = id.expect("the records exist");
    assert!(bench.core.foreign_ids().contains(&id));
    assert_eq!(
        bench.read(id, "caption isProcessing"),
        json!({ "id": id, "caption": "By hand", "isProcessing": false })
    );
    let query =
        "{ product(productSearch: { idEq: 1001 }) { publicationDate onixPublishingStatusCode } }";
    let expected = json!({ "publicationDate": "2027-01-02", "onixPublishingStatusCode": "_03" });
    assert_eq!(bench.data(query)["product"], expected);
}

fn missing(bench: &mut Bench) {
    let cases: [Act; 4] = [
        |person| person.set_title(1, "T"),
        |person| person.set_status(1, "04"),
        |person| person.delete_resource(1),
        |person| person.delete_web_link(1),
    ];
    for act in cases {
        assert!(bench.core.act(NOW, act).is_err());
    }
}
