//! Portals' wire profile: the endpoints are public, the parameters of some methods and the shape
//! of an asset's properties are not.

use crate::vendor::profile::wire_profile;

wire_profile! {
    /// Portals' names. `Default` is the spelling of the facts page (SA).
    Profile {
        /// Base of every path.
        base_path: Path = "/frontend/v1", Confirmed, "SA 4.1";
        /// A method, below the base, with `{portal}`, `{interface}` and `{method}`.
        execute_path: Path = "/portals/{portal}/portalsContext/{interface}/execute/{method}", Confirmed, "SA 4.2";
        /// A background task, below the base, with `{task}`.
        task_path: Path = "/backgroundTasks/{task}", Confirmed, "SA 4.2";
        /// Interface that lists the assets of a collection.
        collection_assets_interface: Name = "ICollectionsAssetsSearch", Inferred, "SA 4.3: `Collections...Assets{Read,Search,Modify}`";
        /// Its method.
        collection_assets_method: Name = "searchCollectionAssetsAsync", Confirmed, "SA 4.3 (e)";
        /// Its parameter for the collection.
        collection_parameter: Name = "collectionId", Inferred, "SA 4.3 (e): as in addAssetsToCollectionAsync";
        /// Key that a collection's id is wrapped in; empty: a bare text.
        collection_wrapper: OptionalName = "", Unknown, "SA 4.3 (e): the id's shape is not shown";
        /// Its parameter for the result set of the page before.
        result_set_parameter: Name = "searchResultSetUuid", Inferred, "SA 4.3 (a): as in asset search";
        /// Its first page.
        collection_assets_first_page: Number = "0", Inferred, "SA 4.3 (a): asset search counts from 0";
        /// Interface that searches assets; only `discover` asks it, for the facets.
        asset_search_interface: Name = "IAssetsSearch", Confirmed, "SA 4.3";
        /// Its method.
        asset_search_method: Name = "searchAssetsAsync", Confirmed, "SA 4.3 (a)";
        /// Interface that reads one asset.
        asset_interface: Name = "IAssetsRead", Confirmed, "SA 4.3";
        /// Its method.
        asset_method: Name = "getAssetAsync", Confirmed, "SA 4.3 (b)";
        /// Key that an asset's id is wrapped in; empty: a bare text.
        asset_wrapper: OptionalName = "id", Confirmed, "SA 4.2: example body";
        /// Interface of downloads.
        download_interface: Name = "IAssetsDownload", Confirmed, "SA 4.3";
        /// Method that lists what can be downloaded.
        download_items_method: Name = "getAssetsDownloadsForAssetsAsync", Confirmed, "SA 4.3 (b)";
        /// Method that yields an address.
        initiate_download_method: Name = "initiateAssetsDownloadForAssetsAsync", Confirmed, "SA 4.3 (b)";
        /// Value of its `immediatelyDownload`.
        immediately_download: Flag = "true", Unknown, "SA 4.3 (b): the parameter's meaning is not told";
        /// Interface that searches collections.
        collections_interface: Name = "ICollectionsSearch", Inferred, "SA 4.3: `Collections...Search`";
        /// Its method.
        collections_method: Name = "searchCollectionsAsync", Confirmed, "SA 4.3 (e)";
        /// Its first page.
        collections_first_page: Number = "1", Inferred, "SA 4.3 (e): the documentation's example";
        /// Interface that reads one collection.
        collection_interface: Name = "ICollectionsRead", Inferred, "SA 4.3: `Collections...Read`";
        /// Its method.
        collection_method: Name = "getCollectionAsync", Confirmed, "SA 4.3 (e)";
        /// Key of a found collections' list.
        collections_list: Name = "collections", Inferred, "SA 4.3 (e): results hold `collection`";
        /// Interface that creates collections.
        collection_create_interface: Name = "ICollectionsCreate", Inferred, "SA 4.3: `Collections...Create`";
        /// Its method.
        collection_create_method: Name = "createCollectionAsync", Confirmed, "SA 4.3 (e)";
        /// Interface that renames collections.
        collection_update_interface: Name = "ICollectionsUpdate", Inferred, "SA 4.3: `Collections...Update`";
        /// Its method.
        collection_update_method: Name = "updateCollectionAsync", Confirmed, "SA 4.3 (e)";
        /// Interface that changes the members of a collection.
        collection_modify_interface: Name = "ICollectionsAssetsModify", Inferred, "SA 4.3: `Collections...Assets{Modify}`";
        /// Its method that adds.
        collection_add_method: Name = "addAssetsToCollectionAsync", Confirmed, "SA 4.3 (e)";
        /// Its method that removes.
        collection_remove_method: Name = "removeAssetsFromCollectionAsync", Confirmed, "SA 4.3 (e)";
        /// Interface of comments on a collection.
        comment_interface: Name = "ICollectionsUpdate", Inferred, "SA 4.3 (e): named beside the collection's methods";
        /// Method that posts a comment.
        comment_method: Name = "commentCollectionAsync", Confirmed, "SA 4.3 (e)";
        /// Method that changes a comment.
        comment_update_method: Name = "updateCollectionCommentAsync", Inferred, "SA 4.3 (e): update and delete comment are told, not their names";
        /// Method that lists comments; empty: there is none, and what people change is not seen.
        comment_list_method: OptionalName = "", Unknown, "SA 4.3 (e): no reading method is told";
        /// Key of a comment's text, when it is sent and when it is shown.
        comment_text: Name = "comment", Confirmed, "SA 4.3 (e): commentCollectionAssetAsync";
        /// Key of a comment's id, when it is sent and when it is shown.
        comment_id: Name = "commentId", Inferred, "SA 4.3 (e): as collectionId";
        /// Key of a list of comments.
        comment_list: Name = "comments", Inferred, "SA 4.3 (e)";
        /// Key of a posted comment in its answer; the id stands in it or beside it.
        comment_made: Name = "collectionComment", Unknown, "SA 4.3 (e): the answer is not shown";
        /// Parameter against posting twice; empty: none.
        comment_unique: OptionalName = "uniqueId", Inferred, "SA 4.3 (e): of commentCollectionAssetAsync";
        /// Interface that creates shares.
        share_create_interface: Name = "ISharesCreate", Inferred, "SA 4.3: `Shares (Create/Read/Search/Update/Delete)`";
        /// Its method.
        share_create_method: Name = "createShareAsync", Confirmed, "SA 4.3 (e)";
        /// Interface that changes shares.
        share_update_interface: Name = "ISharesUpdate", Inferred, "SA 4.3: `Shares (...Update...)`";
        /// Its method.
        share_update_method: Name = "updateShareAsync", Inferred, "SA 4.3 (e): update is told, not its name";
        /// Interface that ends shares.
        share_delete_interface: Name = "ISharesDelete", Inferred, "SA 4.3: `Shares (...Delete)`";
        /// Its method.
        share_delete_method: Name = "deleteShareAsync", Inferred, "SA 4.3 (e): delete is told, not its name";
        /// Interface that reads one share.
        share_interface: Name = "ISharesRead", Inferred, "SA 4.3: `Shares (...Read...)`";
        /// Its method.
        share_method: Name = "getShareAsync", Inferred, "SA 4.3 (e): read is told, not its name";
        /// Interface that searches shares.
        shares_interface: Name = "ISharesSearch", Inferred, "SA 4.3: `Shares (...Search...)`";
        /// Its method.
        shares_method: Name = "searchSharesAsync", Inferred, "SA 4.3 (e): search is told, not its name";
        /// Its first page.
        shares_first_page: Number = "1", Inferred, "SA 4.3 (e): as of searchCollectionsAsync";
        /// Key of a found shares' list.
        shares_list: Name = "shares", Inferred, "SA 4.3 (e): results hold `share`";
        /// Interface of a custom data adapter that takes a title's context for an asset; empty: there is none, and collections are the tags.
        title_context_interface: OptionalName = "", Invented, "SA 4.3 (c) 3: a custom adapter is possible";
        /// Its method.
        title_context_method: Name = "upsertTitleContextAsync", Invented, "SA 7.4";
        /// Its parameter for the context, an object.
        title_context_parameter: Name = "context", Invented, "SA 7.4";
        /// Key of a list of properties, in an asset and in objects inside it.
        properties: Name = "properties", Confirmed, "SA 4.3 (b)";
        /// Key of a property's name.
        property_key: Name = "key", Invented, "SA 7.4: modelled on IValueForJson";
        /// Key of a property's type.
        property_type: Name = "dataType", Invented, "SA 7.4: modelled on IValueForJson";
        /// How the key of a property's value ends.
        property_value_suffix: Name = "Value", Invented, "SA 7.4: `stringValue`, `localizedStringsModelValue`";
        /// What the type of a text with translations contains.
        localised_type: Name = "localized", Inferred, "SA 4.3 (b): `localized strings (+array)`";
        /// Field of an image's metadata that holds its width.
        image_width: Name = "width", Unknown, "SA 4.3 (b): `imageMetadata` is named, its fields are not";
        /// Field of an image's metadata that holds its height.
        image_height: Name = "height", Unknown, "SA 4.3 (b): `imageMetadata` is named, its fields are not";
    }
}
