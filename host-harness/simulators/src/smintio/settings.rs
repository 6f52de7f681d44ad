//! How this Smint.io behaves. The default is not friendly; secrets come from the caller, and the
//! type has no `Debug`, so that none can reach a log by accident.

use super::push::PushManner;
use super::unconfirmed;
use std::collections::BTreeMap;

/// Everything that can be set.
#[derive(Clone)]
pub struct Settings {
    /// Scheme, host and port of identity, CLAPI-C and Portals; no trailing slash.
    pub api_origin: String,
    /// Scheme, host and port of the signed downloads.
    pub files_origin: String,
    /// OAuth client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The refresh token that a person's consent has left behind.
    pub refresh_token: String,
    /// What a token is granted when the request names no scope.
    pub granted_scope: String,
    /// Whether the client-credentials grant was provisioned for this client.
    pub client_credentials: bool,
    /// Whether a refresh hands out a new refresh token; the old one stays valid either way.
    pub rotate_refresh_token: bool,
    /// Lifetime of an access token.
    pub access_token_lifetime_s: u64,
    /// Lifetime of a refresh token that this server handed out.
    pub refresh_token_lifetime_s: u64,
    /// How long after its end an access token is still taken (the real platform: 300).
    pub clock_skew_s: u64,
    /// The portal.
    pub portal_uuid: String,
    /// A background task polled sooner than this after its last poll answers 429.
    pub poll_min_ms: u64,
    /// How many polls a long-running method takes; 0 completes at once.
    pub polls_until_done: u32,
    /// How long a background task can be asked for.
    pub task_result_lifetime_ms: u64,
    /// Whether `result_string` comes in stray single quotes, as one of the vendor's samples shows.
    pub stray_quotes: bool,
    /// How long a download link can be started.
    pub download_lifetime_ms: u64,
    /// How long a search result set can be continued.
    pub result_set_lifetime_ms: u64,
    /// Largest `limit` of the licence feed.
    pub feed_page_max: u32,
    /// Whether an entry of the seed's log is delivered even if a later one replaces it.
    pub redeliver: bool,
    /// Whether the empty page at the feed's end still shows a cursor.
    pub cursor_at_end: bool,
    /// Largest `pageSize` of a Portals search.
    pub search_page_max: u32,
    /// How `searchAssetsAsync` pages.
    pub search_paging: Paging,
    /// Number of the first page of `searchCollectionAssetsAsync`.
    pub collection_assets_first_page: i64,
    /// Whether search results come without `rawData`.
    pub drop_raw_data_in_search: bool,
    /// Whether details carry file size and hash, which costs making the file once.
    pub file_facts_in_details: bool,
    /// `rawData` fields that the administrator made facets of, besides the keywords.
    pub facet_fields: Vec<String>,
    /// Whether comments on a collection can be listed: no public source names a method.
    pub comments_are_listed: bool,
    /// What the token endpoint answers at first.
    pub token_mode: TokenMode,
    /// Whether the tenant is in service at first.
    pub service: ServiceMode,
    /// Addresses that a consent may be sent back to; `*` is one or more letters, digits, hyphens.
    pub redirect_uris: Vec<String>,
    /// How the licence feed pages.
    pub feed: FeedManner,
    /// If not 0, the feed shows nothing at first and one more entry each time so long has passed.
    pub feed_grows_ms: u64,
    /// How events come on the notification channel.
    pub push: PushManner,
    /// What a link answers after its end: unknown, 403 or 404.
    pub expired_link_status: u16,
    /// Sources that are down at first, with the `errorCode` they fail with.
    pub broken_sources: BTreeMap<String, String>,
    /// Assets that content routing takes away from our user at first.
    pub denied_assets: Vec<String>,
    /// Whether every collection is read-only for our user at first.
    pub collections_read_only: bool,
    /// Every n-th long-running method ends in `error`; 0: none.
    pub tasks_fail_every: u64,
    /// Whether long-running methods never end.
    pub tasks_never_end: bool,
    /// The consumer's notification channel; 0: push is off.
    pub channel_id: i64,
    /// The Pusher app's public key.
    pub pusher_key: String,
    /// The Pusher app's secret.
    pub pusher_secret: String,
    /// Whether the invented adapter that takes a title's context is installed.
    pub title_context: bool,
    /// Seed of ids, tokens and signatures.
    pub seed: u64,
}

/// How the licence feed pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeedManner {
    /// The cursor moves on.
    #[default]
    Advances,
    /// The cursor of every page is the one that was asked with.
    Stuck,
    /// Every second page is the one before it once more, cursor included.
    Repeats,
}

/// How a source pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// By page number, with totals.
    Random,
    /// By `searchResultSetId` only; the page number is ignored and there are no totals.
    Cursor,
}

/// What the token endpoint answers to a good request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenMode {
    /// Tokens.
    #[default]
    Normal,
    /// Tokens, without `refresh_token`.
    RefreshTokenOmitted,
    /// Tokens, without `expires_in`.
    LifetimeOmitted,
    /// `400 invalid_grant`: a person has to consent again.
    InvalidGrant,
    /// `403 access_denied`: the person who consented is disabled.
    AccessDenied,
    /// `{}`.
    Empty,
    /// A page for people.
    Html,
    /// Nothing there.
    NotFound,
}

/// Whether the tenant is in service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ServiceMode {
    /// In service.
    #[default]
    Normal,
    /// Every path redirects to the error page for people.
    Maintenance,
    /// Every path redirects to the tenant selector.
    TenantSelector,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_origin: "http://127.0.0.1:4020".to_owned(),
            files_origin: "http://127.0.0.1:4021".to_owned(),
            client_id: String::new(),
            client_secret: String::new(),
            refresh_token: String::new(),
            granted_scope: "smintio.full openid profile offline_access".to_owned(),
            client_credentials: false,
            rotate_refresh_token: true,
            access_token_lifetime_s: 3_600,
            refresh_token_lifetime_s: 15 * 86_400,
            clock_skew_s: 0,
            portal_uuid: "345".to_owned(),
            poll_min_ms: unconfirmed::POLL_MIN_MS,
            polls_until_done: 2,
            task_result_lifetime_ms: unconfirmed::TASK_RESULT_LIFETIME_MS,
            stray_quotes: false,
            download_lifetime_ms: 3_600_000,
            result_set_lifetime_ms: unconfirmed::RESULT_SET_LIFETIME_MS,
            feed_page_max: 50,
            redeliver: true,
            cursor_at_end: true,
            search_page_max: 50,
            search_paging: Paging::Random,
            collection_assets_first_page: unconfirmed::COLLECTION_ASSETS_FIRST_PAGE,
            drop_raw_data_in_search: true,
            file_facts_in_details: true,
            facet_fields: Vec::new(),
            comments_are_listed: false,
            token_mode: TokenMode::Normal,
            service: ServiceMode::Normal,
            redirect_uris: vec!["http://127.0.0.1/callback".to_owned()],
            feed: FeedManner::Advances,
            feed_grows_ms: 0,
            push: PushManner::Once,
            expired_link_status: 403,
            broken_sources: BTreeMap::new(),
            denied_assets: Vec::new(),
            collections_read_only: false,
            tasks_fail_every: 0,
            tasks_never_end: false,
            channel_id: 0,
            pusher_key: "simulated-pusher-key".to_owned(),
            pusher_secret: String::new(),
            title_context: false,
            seed: 0,
        }
    }
}
