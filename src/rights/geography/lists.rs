//! The tables behind `geography`: Smint.io's 57 country keys (CLAPI-C vocabulary `license_geographies`)
//! and the wide members of its seven region labels (UN M49 as of 2026-11, with the additions of the
//! rights specification). Invariant: the country keys are ascending.

/// A region label and every country that some definition puts there.
pub(super) struct Region {
    /// The vendor's key.
    pub label: &'static str,
    /// ISO 3166-1 alpha-2 codes.
    pub members: &'static str,
}

/// Listed by the vendor under Europe and under Asia: what either label means for them is not
/// stated, so neither grants them.
pub(super) const IN_TWO_REGIONS: [&str; 2] = ["RU", "TR"];

/// The region labels.
pub(super) static REGIONS: [Region; 7] = [
    // UN M49 002.
    Region {
        label: "africa_any",
        members: "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE \
            KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ \
            TD TF TG TN TZ UG YT ZA ZM ZW",
    },
    // Antarctica and the southern islands that some definition counts to it.
    Region { label: "antarctica_any", members: "AQ BV GS HM TF" },
    // UN M49 142, and TW, which M49 does not list apart.
    Region {
        label: "asia_any",
        members: "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ \
            LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN \
            YE",
    },
    // UN M49 009 (Oceania).
    Region {
        label: "australia_any",
        members: "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV \
            UM VU WF WS",
    },
    // UN M49 150, the EU27 (which adds CY), and AM, AZ, GE, KZ.
    Region {
        label: "europe_any",
        members: "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM \
            IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA \
            VA CY AM AZ GE KZ",
    },
    // UN M49 003 (with Central America and the Caribbean).
    Region {
        label: "north_america_any",
        members: "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC \
            MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI",
    },
    // UN M49 005.
    Region {
        label: "south_america_any",
        members: "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    },
];

/// The country keys.
#[rustfmt::skip]
pub(super) static COUNTRIES: [(&str, &str); 57] = [
    ("africa_algeria", "DZ"),
    ("africa_angola", "AO"),
    ("africa_egypt", "EG"),
    ("africa_ethiopia", "ET"),
    ("africa_kenya", "KE"),
    ("africa_morocco", "MA"),
    ("africa_nigeria", "NG"),
    ("africa_south_africa", "ZA"),
    ("africa_sudan", "SD"),
    ("africa_tanzania", "TZ"),
    ("africa_tunisia", "TN"),
    ("asia_china", "CN"),
    ("asia_india", "IN"),
    ("asia_indonesia", "ID"),
    ("asia_iran", "IR"),
    ("asia_japan", "JP"),
    ("asia_russia", "RU"),
    ("asia_saudi_arabia", "SA"),
    ("asia_south_korea", "KR"),
    ("asia_thailand", "TH"),
    ("asia_turkey", "TR"),
    ("asia_united_arab_emirates", "AE"),
    ("australia_australia", "AU"),
    ("australia_new_zealand", "NZ"),
    ("europe_andorra", "AD"),
    ("europe_austria", "AT"),
    ("europe_belgium", "BE"),
    ("europe_denmark", "DK"),
    ("europe_estonia", "EE"),
    ("europe_finland", "FI"),
    ("europe_france", "FR"),
    ("europe_germany", "DE"),
    ("europe_ireland", "IE"),
    ("europe_italy", "IT"),
    ("europe_latvia", "LV"),
    ("europe_liechtenstein", "LI"),
    ("europe_lithuania", "LT"),
    ("europe_luxembourg", "LU"),
    ("europe_netherlands", "NL"),
    ("europe_norway", "NO"),
    ("europe_poland", "PL"),
    ("europe_portugal", "PT"),
    ("europe_russia", "RU"),
    ("europe_spain", "ES"),
    ("europe_sweden", "SE"),
    ("europe_switzerland", "CH"),
    ("europe_turkey", "TR"),
    ("europe_united_kingdom", "GB"),
    ("north_america_canada", "CA"),
    ("north_america_mexico", "MX"),
    ("north_america_united_states", "US"),
    ("south_america_argentina", "AR"),
    ("south_america_brazil", "BR"),
    ("south_america_chile", "CL"),
    ("south_america_colombia", "CO"),
    ("south_america_peru", "PE"),
    ("south_america_venezuela", "VE"),
];
