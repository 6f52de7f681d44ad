//! The keys of the fifteen vocabularies, as facts 2.6 lists them. Spelling mistakes are real wire
//! values ("eigth", "manifacturing").

/// Name of the array, and its keys separated by blanks.
pub const VOCABULARIES: [(&str, &str); 15] = [
    ("providers", "getty istock shutterstock adobestock panthermedia"),
    ("content_types", "image video audio document 3d template"),
    ("binary_types", "standard"),
    ("content_categories", "creative editorial"),
    ("license_types", "all royalty_free rights_managed rights_ready"),
    ("release_states", "all not_released no_release_required released"),
    (
        "license_exclusivities",
        "any exclusive_usage exclusive_size exclusive_placement exclusive_distribution \
         exclusive_geography exclusive_industry exclusive_language",
    ),
    (
        "license_usages",
        "any advertising_any advertising_display_any advertising_display_billboard \
         advertising_display_non_pos advertising_display_pos advertising_print_any \
         advertising_print_directory advertising_print_event_program \
         advertising_print_freestanding_insert advertising_print_magazine_newspaper \
         advertising_tv_any advertising_tv_commercial advertising_tv_infomercial \
         advertising_advertorial_any digital_media_any digital_media_app \
         digital_media_corporate_promotional digital_media_commercial_blog \
         digital_media_digital_advertisement digital_media_email_marketing \
         digital_media_oem_product digital_media_social_media film_video_tv_any \
         film_video_tv_all_media_promo film_video_tv_broadcast_network_online_promo \
         film_video_tv_educational_documentary_programming film_video_tv_film_documentary \
         film_video_tv_film_non_documentary_insert_flash_graphic_element \
         film_video_tv_film_non_documentary_set_decor film_video_tv_film_title_sequence \
         film_video_tv_music_video film_video_tv_news_programming \
         film_video_tv_non_editorial_program_prop_set_decor \
         film_video_tv_non_scripted_programming film_video_tv_on_air_promo \
         film_video_tv_scripted_programming film_video_tv_title_sequence \
         film_video_tv_trailer_theatrical_promo internal_use_any \
         internal_use_brochure_newsletter_collateral \
         internal_use_intranet_email_video_presentation internal_use_nonprofit_museum_display \
         internal_use_nonprofit_museum_electronic_display internal_use_theatrical_performance \
         internal_use_wall_decor marketing_promotional_any \
         marketing_promotional_brochure_direct_mail \
         marketing_promotional_calendar_greeting_card marketing_promotional_corporate_report \
         marketing_promotional_external_presentation marketing_promotional_giveaways \
         marketing_promotional_newsletter_press_event_programs \
         marketing_promotional_press_release marketing_promotional_sales_cd_dvd_video \
         marketing_promotional_single_sheet_postcards marketing_promotional_travel_brochure \
         publishing_editorial_any publishing_editorial_book \
         publishing_editorial_custom_contract publishing_editorial_magazine \
         publishing_editorial_newspaper publishing_editorial_retail_book \
         publishing_editorial_text_book retail_product_packaging_any \
         retail_product_packaging_check_credit_atm_cards \
         retail_product_packaging_event_ticket retail_product_packaging_greeting_card \
         retail_product_packaging_packaging_covers_tags \
         retail_product_packaging_phone_store_transit_cards \
         retail_product_packaging_product_design_software_games \
         retail_product_packaging_product_design_games_toys \
         retail_product_packaging_retail_calendar \
         retail_product_packaging_retail_miscellaneous_novelty \
         retail_product_packaging_retail_poster \
         retail_product_packaging_retail_stationery_postcards \
         retail_product_packaging_trading_cards",
    ),
    (
        "license_sizes",
        "any ad_any ad_eigth ad_quarter ad_half ad_full banner_any banner_side page_any \
         page_sixteenth page_eigth page_quarter page_half page_full page_double \
         page_wrap_around resolution_any resolution_low resolution_medium resolution_high \
         size_any size_small size_medium size_large size_mural",
    ),
    (
        "license_placements",
        "any circulation_any circulation_once circulation_twice circulation_episode_one \
         circulation_season_half circulation_season_full circulation_season_three \
         circulation_season_five circulation_followers_under_one_million \
         circulation_followers_above_one_million circulation_release_first \
         circulation_release_secondary exhibit_any exhibit_web page_any page_home page_front \
         page_cover page_secondary page_inside page_repeated page_additional_material \
         placement_any placement_prominent placement_prominent_multiple placement_background \
         placement_background_multiple type_any type_documentary type_educational \
         type_feature_entertainment",
    ),
    (
        "license_distributions",
        "any channel_any channel_app channel_closed_circuit_programming channel_digital \
         channel_email channel_festival channel_print channel_theatrical \
         channel_theatrical_limited channel_tv channel_web device_any device_mobile \
         device_portable device_tablet external e_greeting location_any location_one \
         location_two location_three location_ten media_any media_digital media_print \
         social_media_any social_media_one social_media_two third_party_rights",
    ),
    (
        "license_geographies",
        "any africa_any africa_algeria africa_angola africa_egypt africa_ethiopia \
         africa_kenya africa_morocco africa_nigeria africa_south_africa africa_sudan \
         africa_tanzania africa_tunisia antarctica_any asia_any asia_china asia_india \
         asia_indonesia asia_japan asia_russia asia_saudi_arabia asia_south_korea \
         asia_thailand asia_turkey asia_iran asia_united_arab_emirates australia_any \
         australia_australia australia_new_zealand europe_any europe_andorra europe_austria \
         europe_belgium europe_denmark europe_estonia europe_finland europe_france \
         europe_germany europe_ireland europe_italy europe_latvia europe_liechtenstein \
         europe_lithuania europe_luxembourg europe_netherlands europe_norway europe_poland \
         europe_portugal europe_russia europe_spain europe_switzerland europe_sweden \
         europe_turkey europe_united_kingdom north_america_any north_america_canada \
         north_america_mexico north_america_united_states south_america_any \
         south_america_argentina south_america_brazil south_america_chile \
         south_america_colombia south_america_peru south_america_venezuela",
    ),
    (
        "license_industries",
        "any industry_automotive industry_alcohol industry_banking industry_beauty \
         industry_beverages industry_cannabis industry_consumer industry_drugs \
         industry_ecommerce industry_education industry_electronics industry_engineering \
         industry_energy industry_explosives industry_financial industry_fintech \
         industry_fmcg industry_food industry_gaming industry_gambling industry_gas \
         industry_governmental industry_healthcare industry_infrastructure industry_insurance \
         industry_jewelry industry_learning industry_legal industry_lottery \
         industry_manifacturing industry_media industry_non_profit industry_nuclear \
         industry_oil industry_online industry_pornography industry_raw_materials \
         industry_real_estate industry_religion industry_retail industry_sex \
         industry_software industry_technology industry_telecommunications industry_tobacco \
         industry_tourism industry_transportation industry_travel industry_weapons",
    ),
    (
        "license_languages",
        "any language_english language_german language_french language_spanish \
         language_mandarin_chinese language_hindustani language_arabic language_malay \
         language_russian language_bengali language_portuguese",
    ),
    (
        "license_usage_limits",
        "any quantity_any quantity_one_copy quantity_up_to_10_total_circulation \
         quantity_up_to_25_total_circulation quantity_up_to_50_total_circulation \
         quantity_up_to_100_total_circulation quantity_up_to_250_total_circulation \
         quantity_up_to_500_total_circulation quantity_up_to_1000_total_circulation \
         quantity_up_to_2500_total_circulation quantity_up_to_5000_total_circulation \
         quantity_up_to_10000_total_circulation quantity_up_to_25000_total_circulation \
         quantity_up_to_50000_total_circulation quantity_up_to_100000_total_circulation \
         quantity_up_to_250000_total_circulation quantity_up_to_500000_total_circulation \
         quantity_up_to_1000000_total_circulation quantity_up_to_2000000_total_circulation \
         quantity_up_to_3000000_total_circulation display_any display_up_to_5_displays \
         display_up_to_10_displays display_up_to_25_displays display_up_to_50_displays \
         display_up_to_100_displays display_up_to_250_displays display_up_to_500_displays \
         copy_any copy_one_copy copy_two_copies copy_three_copies copy_four_copies \
         copy_five_copies copy_up_to_10_copies copy_up_to_50_copies copy_up_to_100_copies \
         copy_up_to_500_copies copy_up_to_1000_copies copy_up_to_5000_copies \
         copy_up_to_10000_copies",
    ),
];
