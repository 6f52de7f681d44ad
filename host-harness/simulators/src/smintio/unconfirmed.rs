//! Every name, path, shape and number that no public source confirms, in one table. When the real
//! ones become known, they are changed here and nowhere else: the code reads these constants.

/// How far a name is from being known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Made up, because something must be there.
    Invented,
    /// Follows from a source that does not state it.
    Inferred,
}

/// One unconfirmed name.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// What it is for.
    pub what: &'static str,
    /// The value used here.
    pub value: &'static str,
    /// How far it is from being known.
    pub mark: Mark,
    /// Section of the facts page, and what is known instead.
    pub source: &'static str,
}

/// Vocabularies of CLAPI-C.
pub const VOCABULARY_PATH: &str = "/consumer/v1/metadata/sync";
/// The licence feed.
pub const FEED_PATH: &str = "/consumer/v1/licensePurchaseTransactions/sync";
/// Query parameter: the feed's cursor.
pub const FEED_CURSOR_PARAMETER: &str = "continuationUuid";
/// Query parameter: the feed's page size.
pub const FEED_LIMIT_PARAMETER: &str = "limit";
/// The binaries of one purchase.
pub const BINARIES_PATH: &str =
    "/consumer/v1/cartPurchaseTransactions/{cart}/licensePurchaseTransactions/{lpt}/binaries/sync";
/// A file behind a signed link: kind, number, version, file.
pub const FILE_PATH: &str = "/files/{kind}/{number}/{part}/{name}";
/// Query parameter: when the link stops to start downloads.
pub const FILE_EXPIRES_PARAMETER: &str = "expires";
/// Query parameter: the link's signature.
pub const FILE_SIGNATURE_PARAMETER: &str = "signature";
/// Result-set parameter and field of `searchCollectionAssetsAsync`.
pub const COLLECTION_RESULT_SET_PARAMETER: &str = "searchResultSetUuid";
/// The payload.
pub const PAYLOAD_PATH: &str = "/portal/v1/payload";
/// The page of type `page-type-assets-search`.
pub const SEARCH_PAGE_UUID: &str = "346";
/// What stands before a share's secret in its link.
pub const SHARE_LINK_PATH: &str = "/share/";
/// First page of `searchSharesAsync`.
pub const SHARES_FIRST_PAGE: i64 = 1;
/// The adapter that takes a title's context.
pub const TITLE_CONTEXT_INTERFACE: &str = "IConsonanceTitleContext";
/// Error code of a method that the portal does not offer.
pub const METHOD_NOT_SUPPORTED: &str = "method_not_supported";
/// Error code of a poll that came too soon.
pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
/// Error code of a filter token that this portal did not issue.
pub const FILTER_REFUSED: &str = "filter_value_invalid";
/// Download item: the file as it was delivered.
pub const ITEM_ORIGINAL: &str = "original";
/// Download item: the full-size JPEG.
pub const ITEM_JPEG: &str = "jpeg-original";
/// Download group of both.
pub const DOWNLOAD_GROUP: &str = "files";
/// The facet of keywords.
pub const KEYWORD_FACET: &str = "keywords";
/// Least pause between two polls of a task.
pub const POLL_MIN_MS: u64 = 1_000;
/// How long a task can be asked for.
pub const TASK_RESULT_LIFETIME_MS: u64 = 600_000;
/// How long a result set lives.
pub const RESULT_SET_LIFETIME_MS: u64 = 300_000;
/// First page of `searchCollectionAssetsAsync`.
pub const COLLECTION_ASSETS_FIRST_PAGE: i64 = 0;
/// First page of `searchCollectionsAsync`.
pub const COLLECTIONS_FIRST_PAGE: i64 = 1;

/// The table.
pub fn names() -> &'static [Name] {
    TABLE
}

const fn invented(what: &'static str, value: &'static str, source: &'static str) -> Name {
    Name { what, value, mark: Mark::Invented, source }
}

const fn inferred(what: &'static str, value: &'static str, source: &'static str) -> Name {
    Name { what, value, mark: Mark::Inferred, source }
}

const TABLE: &[Name] = &[
    invented(
        "vocabularies, path",
        VOCABULARY_PATH,
        "1.3 call 1, 7.2: path unknown, body confirmed",
    ),
    invented("licence feed, path", FEED_PATH, "1.3 call 2, 7.2: path unknown, body confirmed"),
    invented(
        "licence feed, cursor",
        FEED_CURSOR_PARAMETER,
        "1.3 call 2: argument name of the generated client",
    ),
    invented(
        "licence feed, page size",
        FEED_LIMIT_PARAMETER,
        "1.3 call 2: argument name of the generated client",
    ),
    inferred(
        "licence feed, cursor form",
        "decimal int64",
        "1.4: how the platform parses continuation ids",
    ),
    inferred(
        "licence feed, limit rules",
        "default 10, at most 50, 0 is an empty page",
        "1.4: platform rules, applied to this call",
    ),
    inferred(
        "licence feed, an updated purchase moves to the end",
        "positions in a log",
        "1.4, 7.2 item 2",
    ),
    invented("binaries, path", BINARIES_PATH, "1.3 call 3, 7.2: path unknown"),
    invented(
        "binaries, bare array",
        "[...]",
        "7.2: bare array or wrapper unknown; clients get a list",
    ),
    invented("signed link, path", FILE_PATH, "1.10: only the lifetime is known"),
    invented("signed link, expiry", FILE_EXPIRES_PARAMETER, "1.10"),
    invented("signed link, signature", FILE_SIGNATURE_PARAMETER, "1.10"),
    invented("signed link, answer after expiry", "403", "1.10, 8 item 5: unknown"),
    invented("signed link, range requests", "206 with content-range", "8 item 5: unknown"),
    invented(
        "polling too fast",
        TOO_MANY_REQUESTS,
        "4.2: at least 1 s is documented, the refusal is not; 7.4",
    ),
    invented("least pause between polls", "1000 ms", "4.2: recommendation taken as a rule; 7.4"),
    invented("lifetime of a task's result", "600000 ms", "4.2: unknown"),
    invented(
        "error of a task",
        "result_string holds {error_code, error_message}",
        "4.2: only the state `error` is documented",
    ),
    inferred("method not supported", METHOD_NOT_SUPPORTED, "4.2: HTTP 501 inferred, code unknown"),
    invented(
        "item of an asset's properties",
        "{key, dataType, <type>Value}",
        "4.3 (b), 7.4: modelled on IValueForJson",
    ),
    invented(
        "nested data object",
        "{properties:[...]}",
        "4.3 (b): the asset's own shape, applied to its parts",
    ),
    invented(
        "rawData",
        "one data object whose keys are field names",
        "4.3 (b): IRawDataObject[] without a public field list",
    ),
    invented(
        "enumeration value",
        "{id, listDisplayName}",
        "4.3 (b): EnumDataObject fields, wire form unknown",
    ),
    invented(
        "result set of a collection",
        COLLECTION_RESULT_SET_PARAMETER,
        "4.3 (a): documented for asset search only",
    ),
    invented(
        "errors of a collection's search",
        "details.errors",
        "4.3 (a): documented for asset search only",
    ),
    invented("lifetime of a result set", "300000 ms", "4.3 (a): unknown"),
    inferred(
        "expired result set",
        "400 scroll_uuid_invalid",
        "1.6: the platform's code for scroll ids",
    ),
    invented(
        "first page of searchCollectionAssetsAsync",
        "0",
        "4.3 (a), (e): asset search is 0-based, collections are 1-based",
    ),
    inferred("first page of searchCollectionsAsync", "1", "4.3 (e): the documentation's example"),
    inferred(
        "updating and deleting a comment",
        "updateCollectionCommentAsync, deleteCollectionCommentAsync, commentId",
        "4.3 (e): told without their names",
    ),
    inferred(
        "interface of comments",
        "ICollectionsUpdate",
        "4.3 (e): named beside the collection's methods",
    ),
    invented("answer to a comment", "{collectionComment: {commentId, comment}}", "4.3 (e)"),
    invented(
        "listing comments",
        "getCollectionCommentsAsync, off by default",
        "4.3 (e): no reading method is told",
    ),
    invented("uniqueId of a comment", "changes nothing", "4.3 (e): its effect is not told"),
    inferred("largest page of a search", "50", "1.4: platform rule"),
    invented(
        "foreign filter token",
        FILTER_REFUSED,
        "4.3 (a): tokens are opaque; the refusal is ours",
    ),
    invented("facet of keywords", KEYWORD_FACET, "4.3 (a): facets belong to the administrator"),
    invented(
        "download item, delivered file",
        ITEM_ORIGINAL,
        "4.3 (b): formats are an allow-list per adapter",
    ),
    invented("download item, JPEG", ITEM_JPEG, "4.3 (b): formats are an allow-list per adapter"),
    invented("download group", DOWNLOAD_GROUP, "4.3 (b)"),
    invented(
        "several files in one download",
        "refused; a real portal makes an archive",
        "4.3 (b): unknown",
    ),
    invented("payload, path", PAYLOAD_PATH, "4.1, 7.4: path unknown, fields confirmed"),
    invented(
        "search page and component of the portal",
        SEARCH_PAGE_UUID,
        "4.2: paths confirmed; uuids and property names belong to the portal, components are not \
         checked",
    ),
    invented(
        "methods of shares besides createShareAsync",
        "getShareAsync, searchSharesAsync, updateShareAsync, deleteShareAsync, shareId",
        "4.3 (e): read, search, update, delete are told without their names",
    ),
    invented(
        "link of a share",
        SHARE_LINK_PATH,
        "4.3 (e): shareLink is confirmed, its form is not",
    ),
    invented("end of a share", "404 with a page for people", "4.3 (e): unknown"),
    invented("first page of searchSharesAsync", "1", "4.3 (e): as of searchCollectionsAsync"),
    invented(
        "interface of moving, copying, flagging, and of comments on assets",
        "ICollectionsAssetsModify",
        "4.3: the catalogue names interfaces, not their methods",
    ),
    invented(
        "interface of updateCollectionUsersAsync; level 0 takes a person away",
        "ICollectionsUsersModify",
        "4.3: as above; levels 0 to 3 are confirmed, their meaning is not",
    ),
    invented(
        "answer to createTaskAsync",
        "{task: {taskId, taskHandlerId, state}}",
        "4.3 (d): parameters confirmed, result unknown",
    ),
    invented(
        "file of an upload task",
        "form value `file` with the uploaded uuid",
        "4.3 (c) 5: the way is confirmed, the field is not",
    ),
    invented(
        "title context adapter, off by default",
        TITLE_CONTEXT_INTERFACE,
        "4.3 (c) 3, 7.4: a custom adapter is possible, this one is ours",
    ),
    inferred(
        "form and signature of pusher/auth",
        "socket_id, channel_name; key:hmac-sha256",
        "1.3 call 4, 7.2: Pusher's convention; the path is confirmed",
    ),
    inferred(
        "messages of the notification channel",
        "Pusher's protocol, version 7",
        "1.7, 7.3: key, channel and event are confirmed, the protocol is Pusher's",
    ),
    inferred(
        "an authorization code is spent at its first use",
        "invalid_grant afterwards",
        "7.1: the five minutes are confirmed; RFC 6749, 4.1.2",
    ),
    invented("form of tokens", "opaque text; a real access token is a JWT", "1.2"),
];
