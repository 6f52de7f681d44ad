//! Smint.io's own names: identity, the licence feed, files, Portals.

use super::{Does, Mode, Side, feed};
use crate::faults::{Action, Fault, Spoil, When};
use crate::http::Response;
use crate::smintio::{FeedManner, Paging, PushManner, ServiceMode, Settings, TokenMode};
use crate::world::seed::World;
use serde_json::json;

const fn manner(name: &'static str, what: &'static str, how: fn(&mut Settings, &World)) -> Mode {
    Mode { name, what, side: Side::Smintio, does: Does::Smintio(how) }
}

const fn fault(name: &'static str, what: &'static str, how: fn() -> Fault) -> Mode {
    Mode { name, what, side: Side::Smintio, does: Does::Fault(how) }
}

const fn contents(name: &'static str, what: &'static str, how: fn(&mut World)) -> Mode {
    Mode { name, what, side: Side::Smintio, does: Does::Contents(how) }
}

/// More than anybody should read: two gigabytes.
const FLOOD: u64 = 2_000_000_000;
const FILES: &str = "/files/";

#[rustfmt::skip]
pub(super) const TABLE: &[Mode] = &[
    // Identity.
    manner("token-refresh-omitted", "token answers have no refresh_token", |s, _| s.token_mode = TokenMode::RefreshTokenOmitted),
    manner("token-lifetime-omitted", "token answers have no expires_in", |s, _| s.token_mode = TokenMode::LifetimeOmitted),
    manner("token-not-rotated", "a refresh hands out no new refresh token", |s, _| s.rotate_refresh_token = false),
    manner("token-brief", "access tokens live two seconds, refresh tokens a minute", |s, _| {
        s.access_token_lifetime_s = 2;
        s.refresh_token_lifetime_s = 60;
    }),
    manner("token-invalid-grant", "the token endpoint answers 400 invalid_grant: consent again", |s, _| s.token_mode = TokenMode::InvalidGrant),
    manner("token-access-denied", "the token endpoint answers 403: the person is disabled", |s, _| s.token_mode = TokenMode::AccessDenied),
    manner("token-empty", "the token endpoint answers {}", |s, _| s.token_mode = TokenMode::Empty),
    manner("token-html", "the token endpoint answers a page for people", |s, _| s.token_mode = TokenMode::Html),
    manner("token-not-found", "the token endpoint answers 404", |s, _| s.token_mode = TokenMode::NotFound),
    fault("token-slow", "the token endpoint takes five seconds", || {
        Fault::new(Action::Delay(5_000), When::Every(1)).on("POST", "/connect/token")
    }),
    manner("scope-missing", "tokens lack the scope of the APIs: 403", |s, _| "openid profile".clone_into(&mut s.granted_scope)),
    manner("client-credentials", "the client-credentials grant is provisioned", |s, _| s.client_credentials = true),
    manner("push-channel", "notification channel 7 is there, for whoever speaks Pusher's protocol", |s, _| {
        s.channel_id = 7;
        "simulated-pusher-secret".clone_into(&mut s.pusher_secret);
    }),
    manner("push-twice", "each event on the channel comes twice", |s, _| s.push = PushManner::Twice),
    manner("push-burst", "a hundred events come for each change", |s, _| s.push = PushManner::Burst),
    manner("push-lost", "every second event gets lost", |s, _| s.push = PushManner::Lost),
    manner("push-early", "events come two seconds before the feed shows the change", |s, _| s.push = PushManner::Early),
    manner("push-disconnect", "the channel's connection ends instead of the second event", |s, _| s.push = PushManner::Disconnect),
    // The tenant.
    manner("maintenance", "every path redirects to the error page for people", |s, _| s.service = ServiceMode::Maintenance),
    manner("tenant-selector", "every path redirects to the tenant selector", |s, _| s.service = ServiceMode::TenantSelector),
    // The licence feed.
    manner("feed-stuck", "the feed's cursor does not advance", |s, _| s.feed = FeedManner::Stuck),
    manner("feed-repeats", "every second page of the feed is the one before it", |s, _| s.feed = FeedManner::Repeats),
    manner("feed-no-last-cursor", "the empty page at the feed's end has no cursor", |s, _| s.cursor_at_end = false),
    manner("feed-no-redelivery", "each purchase is delivered once, in its last version", |s, _| s.redeliver = false),
    manner("feed-grows", "the feed is empty at first and shows one more entry each second", |s, _| s.feed_grows_ms = 1_000),
    contents("feed-empty", "there are no purchases at all", |w| w.purchases.clear()),
    contents("feed-unsyncable", "whole pages of purchases that cannot be synchronised", feed::unsyncable),
    contents("feed-sync-absent", "can_be_synced is absent from every third purchase", feed::sync_absent),
    contents("feed-renamed", "every third purchase comes again under another name", feed::renamed),
    contents("feed-binary-version-2", "every third purchase comes again with version 2 of its file", feed::version_2),
    contents("feed-second-binary", "every third purchase comes again with a second file", feed::second_binary),
    contents("feed-compound", "every third purchase has three files", feed::compound),
    contents("feed-reuse-first", "every third purchase reuses one that comes right after it", feed::reuse_first),
    contents("feed-cancelled", "every third purchase comes again, cancelled", feed::cancelled),
    contents("feed-cancelled-hidden", "the same with can_be_synced false", feed::cancelled_hidden),
    contents("feed-state-error", "every third purchase ended in state error", |w| feed::state(w, "error")),
    contents("feed-downloading", "every third purchase is still downloading", |w| feed::state(w, "downloading")),
    contents("feed-unknown-values", "unknown fields, provider, state, usage and territory", feed::unknown_values),
    contents("feed-element-absent", "content_element is absent from every third purchase", |w| feed::without(w, "content_element")),
    contents("feed-offering-absent", "offering is absent from every third purchase", |w| feed::without(w, "offering")),
    contents("feed-terms-absent", "license_terms is absent from every third purchase", |w| feed::without(w, "license_terms")),
    contents("feed-dates", "terms that ended, end today, end later, never end; first use missed", feed::dates),
    contents("feed-two-territories", "two terms, one for Germany, one for the United Kingdom", feed::two_territories),
    contents("feed-editorial", "editorial use true, false and unknown in turn", feed::editorial),
    contents("feed-releases-absent", "release_details is absent from every third purchase", feed::releases_absent),
    contents("feed-limits", "download limits absent, 0 and 5 in turn", feed::limits),
    contents("feed-same-names", "every file is recommended to be called image.jpg", feed::same_names),
    contents("feed-hostile-names", "file names with ../, 300 letters, emoji, NUL", feed::hostile_names),
    contents("feed-text-html", "licence texts are HTML that is not safe", |w| feed::text(w, feed::HTML)),
    contents("feed-text-mojibake", "licence texts are UTF-8 read as Latin-1", |w| feed::text(w, feed::MOJIBAKE)),
    fault("binaries-missing", "every third list of files answers 424: missing in the storage", || {
        Fault::new(Action::Refuse(failed_dependency("cloud_storage_file_not_found")), When::Every(3)).on("GET", "/binaries/")
    }),
    fault("binaries-denied", "every list of files answers 424: denied by the storage", || {
        Fault::new(Action::Refuse(failed_dependency("cloud_storage_file_access_denied")), When::Every(1)).on("GET", "/binaries/")
    }),
    // Files.
    manner("link-expired", "download links have ended when they are handed out", |s, _| s.download_lifetime_ms = 0),
    manner("link-expired-404", "the same, and an ended link answers 404", |s, _| {
        s.download_lifetime_ms = 0;
        s.expired_link_status = 404;
    }),
    manner("link-brief", "download links can be started for one second", |s, _| s.download_lifetime_ms = 1_000),
    fault("file-cut", "every second file lacks its second half", || {
        Fault::new(Action::Spoil(Spoil::CutBody), When::Every(2)).on("GET", FILES)
    }),
    fault("file-reset", "every second download ends in the middle", || {
        Fault::new(Action::Break, When::Every(2)).on("GET", FILES)
    }),
    fault("file-flood", "every file is a stream of 2 GB", || {
        Fault::new(Action::Flood(FLOOD), When::Every(1)).on("GET", FILES)
    }),
    fault("file-html", "every file is a page for people", || {
        Fault::new(Action::Refuse(Response::new(200, "text/html", "<html>Sign in</html>")), When::Every(1)).on("GET", FILES)
    }),
    // Portals.
    manner("source-down", "one source behind the portal does not answer: details.errors", |s, world| {
        let key = world.assets.first().and_then(|asset| asset.id.split(':').next());
        s.broken_sources.extend(key.map(|key| (key.to_owned(), "NotAvailable".to_owned())));
    }),
    manner("asset-denied", "content routing takes every seventh asset away", |s, world| {
        s.denied_assets = world.assets.iter().step_by(7).map(|asset| asset.id.clone()).collect();
    }),
    manner("collections-read-only", "every collection is read-only", |s, _| s.collections_read_only = true),
    contents("collections-doubled", "every collection has a twin of the same name", |w| {
        let twins: Vec<_> = w.collections.iter().cloned().map(|mut twin| {
            twin.id.push_str("-twin");
            twin
        }).collect();
        w.collections.extend(twins);
    }),
    manner("tasks-at-once", "background tasks are done when they are started", |s, _| s.polls_until_done = 0),
    manner("tasks-slow", "background tasks take nine polls", |s, _| s.polls_until_done = 9),
    manner("tasks-fail", "every third background task ends in error", |s, _| s.tasks_fail_every = 3),
    manner("tasks-never-end", "background tasks never end", |s, _| s.tasks_never_end = true),
    manner("tasks-forgotten", "background tasks can be asked for 100 ms only", |s, _| s.task_result_lifetime_ms = 100),
    manner("stray-quotes", "result_string stands in stray single quotes", |s, _| s.stray_quotes = true),
    manner("search-by-cursor", "asset search has no page numbers and no totals", |s, _| s.search_paging = Paging::Cursor),
    manner("result-sets-brief", "search result sets can be continued for 100 ms only", |s, _| s.result_set_lifetime_ms = 100),
    manner("portal-pages-of-ten", "a page of a search holds ten assets at most", |s, _| s.search_page_max = 10),
    manner("raw-data-in-search", "search results carry rawData", |s, _| s.drop_raw_data_in_search = false),
    manner("file-facts-absent", "details have no file size and no hash", |s, _| s.file_facts_in_details = false),
    manner("comments-listed", "comments on a collection can be listed (invented method)", |s, _| s.comments_are_listed = true),
    manner("title-context", "the invented adapter for title context is installed", |s, _| s.title_context = true),
    fault("comment-lost", "the first comment is posted and its answer lost", || {
        Fault::new(Action::LoseAnswer, When::Nth(1)).on("POST", "commentCollectionAsync")
    }),
    fault("comment-dropped", "the first comment never arrives", || {
        Fault::new(Action::Drop, When::Nth(1)).on("POST", "commentCollectionAsync")
    }),
];

fn failed_dependency(code: &str) -> Response {
    let message = "The file is not available in the cloud storage";
    Response::json(424, &json!({"error_code": code, "error_message": message}))
}
