//! The table of methods. A new method is one line here and one function; interfaces offer what
//! they inherit, as the catalogue says (facts 4.3).

use super::super::Smintio;
use super::super::refusal::Refusal;
use super::super::unconfirmed::{METHOD_NOT_SUPPORTED, TITLE_CONTEXT_INTERFACE};
use super::params::Params;
use super::{
    boards, collections, comments, downloads, filters, handlers, kits, read, search, shares,
    title_context,
};
use crate::http::InstantMs;
use serde_json::Value;

/// Does the work and yields the result object.
pub type Run = fn(&mut Smintio, InstantMs, &Params) -> Result<Value, Refusal>;

/// A method of a public interface.
pub struct Method {
    /// The interface that declares it.
    pub interface: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it has a progress monitor and must be polled.
    pub long_running: bool,
    /// Its work.
    pub run: Run,
}

const fn at_once(interface: &'static str, name: &'static str, run: Run) -> Method {
    Method { interface, name, long_running: false, run }
}

const fn long(interface: &'static str, name: &'static str, run: Run) -> Method {
    Method { interface, name, long_running: true, run }
}

const METHODS: &[Method] = &[
    at_once("IAssetsRead", "getAssetsReadFeatureSupportAsync", read::feature_support),
    at_once("IAssetsRead", "getAssetAsync", read::one),
    long("IAssetsRead", "getAssetsAsync", read::several),
    at_once("IAssetsSearch", "getFeatureSupportAsync", search::feature_support),
    at_once("IAssetsSearch", "searchAssetsAsync", search::assets),
    at_once("IAssetsSearch", "getFormItemDefinitionAllowedValuesAsync", filters::allowed_values),
    long("IAssetsDownload", "getAssetsDownloadsForAssetsAsync", downloads::offered),
    long("IAssetsDownload", "initiateAssetsDownloadForAssetsAsync", downloads::initiate),
    at_once("ICollectionsRead", "getCollectionAsync", collections::read),
    at_once("ICollectionsSearch", "searchCollectionsAsync", collections::search),
    at_once("ICollectionsAssetsSearch", "searchCollectionAssetsAsync", collections::search_assets),
    long("ICollectionsCreate", "createCollectionAsync", kits::create),
    at_once("ICollectionsUpdate", "updateCollectionAsync", kits::rename),
    at_once("ICollectionsUpdate", "commentCollectionAsync", comments::post),
    at_once("ICollectionsUpdate", "updateCollectionCommentAsync", comments::edit),
    at_once("ICollectionsUpdate", "deleteCollectionCommentAsync", comments::delete),
    at_once("ICollectionsUpdate", "getCollectionCommentsAsync", comments::list),
    long("ICollectionsDelete", "deleteCollectionAsync", kits::delete),
    long("ICollectionsAssetsModify", "addAssetsToCollectionAsync", kits::add),
    long("ICollectionsAssetsModify", "removeAssetsFromCollectionAsync", kits::remove),
    long("ICollectionsAssetsModify", "moveAssetsToCollectionAsync", boards::move_on),
    long("ICollectionsAssetsModify", "copyAssetsToCollectionAsync", boards::copy),
    long("ICollectionsAssetsModify", "flagCollectionAssetsAsync", boards::flag),
    at_once("ICollectionsAssetsModify", "commentCollectionAssetAsync", boards::comment),
    at_once("ICollectionsUsersModify", "updateCollectionUsersAsync", boards::users),
    long("ISharesCreate", "createShareAsync", shares::create),
    at_once("ISharesRead", "getShareAsync", shares::get),
    at_once("ISharesSearch", "searchSharesAsync", shares::find),
    at_once("ISharesUpdate", "updateShareAsync", shares::update),
    long("ISharesDelete", "deleteShareAsync", shares::delete),
    at_once("ITaskManagementCreate", "createTaskAsync", handlers::create),
    at_once("ITaskManagementCreate", "validateCreateTaskFormFieldValuesAsync", handlers::validate),
    at_once("ITaskManagementCreate", "getTaskHandlerTaskCreationFormAsync", handlers::form),
    at_once(TITLE_CONTEXT_INTERFACE, "upsertTitleContextAsync", title_context::upsert),
    at_once(TITLE_CONTEXT_INTERFACE, "getTitleContextAsync", title_context::get),
];

/// An interface, and what it offers besides its own methods.
const INHERITS: &[(&str, &[&str])] = &[
    ("IAssets", &["IAssetsRead", "IAssetsSearch"]),
    ("IAssetsSearch", &["IAssetsRead"]),
    (
        "ICollections",
        &[
            "ICollectionsCreate",
            "ICollectionsRead",
            "ICollectionsSearch",
            "ICollectionsUpdate",
            "ICollectionsDelete",
        ],
    ),
    ("ICollectionsSearch", &["ICollectionsRead"]),
    ("ICollectionsUpdate", &["ICollectionsRead"]),
    ("ICollectionsDelete", &["ICollectionsRead"]),
    ("ICollectionsAssets", &["ICollectionsAssetsSearch", "ICollectionsAssetsModify"]),
    ("ICollectionsUsers", &["ICollectionsUsersModify"]),
    ("ICollectionsAndAssets", &["ICollections", "ICollectionsAssets"]),
    (
        "IShares",
        &["ISharesCreate", "ISharesRead", "ISharesSearch", "ISharesUpdate", "ISharesDelete"],
    ),
    ("ISharesSearch", &["ISharesRead"]),
    ("ITaskManagement", &["ITaskManagementCreate"]),
];

/// The method of that name that the interface offers.
pub fn find(interface: &str, name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|m| m.name == name && offers(interface, m.interface))
}

fn offers(interface: &str, declared_by: &str) -> bool {
    let inherited = INHERITS.iter().find(|(i, _)| *i == interface).map_or(&[][..], |(_, all)| all);
    interface == declared_by || inherited.iter().any(|i| offers(i, declared_by))
}

/// What a method that is not offered answers.
pub fn not_supported(interface: &str, name: &str) -> Refusal {
    let message = format!("method not supported: {interface}.{name}");
    Refusal::new(501, METHOD_NOT_SUPPORTED, message)
}
