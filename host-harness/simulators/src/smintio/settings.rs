//! How this Smint.io behaves. The default is not friendly; secrets come from the caller, and the
//! type has no `Debug`, so that none can reach a log by accident.

use super::unconfirmed;

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
    /// Seed of ids, tokens and signatures.
    pub seed: u64,
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
            seed: 0,
        }
    }
}
