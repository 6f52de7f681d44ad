//! Portals' answers as model types: the task first, then what its result text holds. A bad asset
//! never spoils its page, and a page that cannot be read is never taken for the last one.

mod asset;
mod collection;
mod document;
mod download;
mod facet;
mod page;
mod share;
mod task;

pub use asset::asset;
pub use collection::{
    CollectionHead, CollectionPage, Comment, collection, collections, comments, posted,
};
pub use download::{Download, DownloadItem, download, download_items};
pub use facet::{Facet, facets};
pub use page::{AssetHead, AssetPage, asset_page};
pub use share::{Share, SharePage, share, shares};
pub use task::{Task, TaskState, task, task_words};

#[cfg(test)]
mod tests;
