//! Placeholders outside, secrets inside.

use super::*;
use consonance_smintio::platform::CredentialError;

fn authorized(header: &str) -> Request {
    Request { authorization: Some(header.to_owned()), ..post("/make/1") }
}

#[test]
fn a_placeholder_becomes_the_token_at_its_own_origin_only() {
    let (world, toy) = world(1);
    let token = world.authorization("toy").unwrap();
    assert!(!token.header.contains("access"), "{}", token.header);
    send_one(&world, authorized(&token.header)).unwrap();
    let seen = toy.with(|toy| toy.authorizations.last().cloned().flatten());
    assert_eq!(seen.as_deref(), Some("Bearer access1"));

    let leaks = [
        Request { url: "http://files.test/".into(), ..authorized(&token.header) },
        Request { url: format!("http://toy.test/?{}", token.header), ..post("/") },
        Request { headers: vec![("x".into(), token.header.clone())], ..post("/") },
        Request { headers: vec![("Authorization".into(), "Bearer x".into())], ..post("/") },
        Request { body: token.header.clone().into_bytes(), ..post("/") },
        authorized("Bearer access1"),
    ];
    for leak in leaks {
        let result = send_one(&world, leak.clone());
        assert!(matches!(result, Err(ExchangeError::Denied(_))), "{leak:?}: {result:?}");
    }
}

#[test]
fn a_rejected_token_and_an_old_one_are_refreshed_once() {
    let (world, toy) = world(1);
    let first = world.authorization("toy").unwrap();
    assert_eq!(world.authorization("toy").unwrap(), first);
    world.rejected("toy", first.generation);
    let second = world.authorization("toy").unwrap();
    assert_eq!(second.generation, first.generation + 1);
    world.rejected("toy", first.generation);
    assert_eq!(world.authorization("toy").unwrap(), second, "an older generation says nothing");
    world.advance(600_000);
    assert_eq!(world.authorization("toy").unwrap().generation, second.generation + 1);
    let forms = toy.with(|toy| toy.forms.clone());
    let with = |refresh: &str| {
        format!(
            "grant_type=refresh%5Ftoken&refresh_token={refresh}&client_id=client\
             &client_secret=s%26cret"
        )
    };
    assert_eq!(forms, [with("first"), with("refresh1"), with("refresh2")]);
}

#[test]
fn an_unknown_connection_needs_consent() {
    let (world, _) = world(1);
    assert!(matches!(world.authorization("other"), Err(CredentialError::NeedsConsent(_))));
}
