//! The code tables behind `Language`: ISO 639-1 to 639-3, the twenty pairs of ISO 639-2 (Library of
//! Congress, 2026), Smint.io's keys, and the macrolanguages that trade data mixes with a member.
//! Invariant: every right-hand side is an ISO 639-3 code (terminological, never bibliographic).

/// A code and its ISO 639-3 code.
type Pair<const N: usize> = (&'static [u8; N], &'static [u8; 3]);

/// Bibliographic to terminological: where ISO 639-2 has two codes for a language.
pub(super) const B_TO_T: [Pair<3>; 20] = [
    (b"alb", b"sqi"),
    (b"arm", b"hye"),
    (b"baq", b"eus"),
    (b"bur", b"mya"),
    (b"chi", b"zho"),
    (b"cze", b"ces"),
    (b"dut", b"nld"),
    (b"fre", b"fra"),
    (b"geo", b"kat"),
    (b"ger", b"deu"),
    (b"gre", b"ell"),
    (b"ice", b"isl"),
    (b"mac", b"mkd"),
    (b"mao", b"mri"),
    (b"may", b"msa"),
    (b"per", b"fas"),
    (b"rum", b"ron"),
    (b"slo", b"slk"),
    (b"tib", b"bod"),
    (b"wel", b"cym"),
];

/// Smint.io's language keys (CLAPI-C, `license_languages`). "Hindustani" is read as Hindi; that the
/// label may also mean Urdu is the business of `rights::dimension::language`.
pub(super) const SMINTIO: [(&str, &[u8; 3]); 11] = [
    ("language_arabic", b"ara"),
    ("language_bengali", b"ben"),
    ("language_english", b"eng"),
    ("language_french", b"fra"),
    ("language_german", b"deu"),
    ("language_hindustani", b"hin"),
    ("language_malay", b"msa"),
    ("language_mandarin_chinese", b"cmn"),
    ("language_portuguese", b"por"),
    ("language_russian", b"rus"),
    ("language_spanish", b"spa"),
];

/// Macrolanguage and member. A grant for the whole covers a member; not the other way round.
pub(super) const MEMBERS: [Pair<3>; 8] = [
    (b"ara", b"arb"),
    (b"fas", b"pes"),
    (b"msa", b"zlm"),
    (b"msa", b"zsm"),
    (b"nor", b"nno"),
    (b"nor", b"nob"),
    (b"zho", b"cmn"),
    (b"zho", b"yue"),
];

/// ISO 639-1 to 639-3, ascending.
#[rustfmt::skip]
pub(super) const TWO_LETTERS: [Pair<2>; 183] = [
    (b"aa", b"aar"), (b"ab", b"abk"), (b"ae", b"ave"), (b"af", b"afr"), (b"ak", b"aka"), (b"am", b"amh"),
    (b"an", b"arg"), (b"ar", b"ara"), (b"as", b"asm"), (b"av", b"ava"), (b"ay", b"aym"), (b"az", b"aze"),
    (b"ba", b"bak"), (b"be", b"bel"), (b"bg", b"bul"), (b"bi", b"bis"), (b"bm", b"bam"), (b"bn", b"ben"),
    (b"bo", b"bod"), (b"br", b"bre"), (b"bs", b"bos"), (b"ca", b"cat"), (b"ce", b"che"), (b"ch", b"cha"),
    (b"co", b"cos"), (b"cr", b"cre"), (b"cs", b"ces"), (b"cu", b"chu"), (b"cv", b"chv"), (b"cy", b"cym"),
    (b"da", b"dan"), (b"de", b"deu"), (b"dv", b"div"), (b"dz", b"dzo"), (b"ee", b"ewe"), (b"el", b"ell"),
    (b"en", b"eng"), (b"eo", b"epo"), (b"es", b"spa"), (b"et", b"est"), (b"eu", b"eus"), (b"fa", b"fas"),
    (b"ff", b"ful"), (b"fi", b"fin"), (b"fj", b"fij"), (b"fo", b"fao"), (b"fr", b"fra"), (b"fy", b"fry"),
    (b"ga", b"gle"), (b"gd", b"gla"), (b"gl", b"glg"), (b"gn", b"grn"), (b"gu", b"guj"), (b"gv", b"glv"),
    (b"ha", b"hau"), (b"he", b"heb"), (b"hi", b"hin"), (b"ho", b"hmo"), (b"hr", b"hrv"), (b"ht", b"hat"),
    (b"hu", b"hun"), (b"hy", b"hye"), (b"hz", b"her"), (b"ia", b"ina"), (b"id", b"ind"), (b"ie", b"ile"),
    (b"ig", b"ibo"), (b"ii", b"iii"), (b"ik", b"ipk"), (b"io", b"ido"), (b"is", b"isl"), (b"it", b"ita"),
    (b"iu", b"iku"), (b"ja", b"jpn"), (b"jv", b"jav"), (b"ka", b"kat"), (b"kg", b"kon"), (b"ki", b"kik"),
    (b"kj", b"kua"), (b"kk", b"kaz"), (b"kl", b"kal"), (b"km", b"khm"), (b"kn", b"kan"), (b"ko", b"kor"),
    (b"kr", b"kau"), (b"ks", b"kas"), (b"ku", b"kur"), (b"kv", b"kom"), (b"kw", b"cor"), (b"ky", b"kir"),
    (b"la", b"lat"), (b"lb", b"ltz"), (b"lg", b"lug"), (b"li", b"lim"), (b"ln", b"lin"), (b"lo", b"lao"),
    (b"lt", b"lit"), (b"lu", b"lub"), (b"lv", b"lav"), (b"mg", b"mlg"), (b"mh", b"mah"), (b"mi", b"mri"),
    (b"mk", b"mkd"), (b"ml", b"mal"), (b"mn", b"mon"), (b"mr", b"mar"), (b"ms", b"msa"), (b"mt", b"mlt"),
    (b"my", b"mya"), (b"na", b"nau"), (b"nb", b"nob"), (b"nd", b"nde"), (b"ne", b"nep"), (b"ng", b"ndo"),
    (b"nl", b"nld"), (b"nn", b"nno"), (b"no", b"nor"), (b"nr", b"nbl"), (b"nv", b"nav"), (b"ny", b"nya"),
    (b"oc", b"oci"), (b"oj", b"oji"), (b"om", b"orm"), (b"or", b"ori"), (b"os", b"oss"), (b"pa", b"pan"),
    (b"pi", b"pli"), (b"pl", b"pol"), (b"ps", b"pus"), (b"pt", b"por"), (b"qu", b"que"), (b"rm", b"roh"),
    (b"rn", b"run"), (b"ro", b"ron"), (b"ru", b"rus"), (b"rw", b"kin"), (b"sa", b"san"), (b"sc", b"srd"),
    (b"sd", b"snd"), (b"se", b"sme"), (b"sg", b"sag"), (b"si", b"sin"), (b"sk", b"slk"), (b"sl", b"slv"),
    (b"sm", b"smo"), (b"sn", b"sna"), (b"so", b"som"), (b"sq", b"sqi"), (b"sr", b"srp"), (b"ss", b"ssw"),
    (b"st", b"sot"), (b"su", b"sun"), (b"sv", b"swe"), (b"sw", b"swa"), (b"ta", b"tam"), (b"te", b"tel"),
    (b"tg", b"tgk"), (b"th", b"tha"), (b"ti", b"tir"), (b"tk", b"tuk"), (b"tl", b"tgl"), (b"tn", b"tsn"),
    (b"to", b"ton"), (b"tr", b"tur"), (b"ts", b"tso"), (b"tt", b"tat"), (b"tw", b"twi"), (b"ty", b"tah"),
    (b"ug", b"uig"), (b"uk", b"ukr"), (b"ur", b"urd"), (b"uz", b"uzb"), (b"ve", b"ven"), (b"vi", b"vie"),
    (b"vo", b"vol"), (b"wa", b"wln"), (b"wo", b"wol"), (b"xh", b"xho"), (b"yi", b"yid"), (b"yo", b"yor"),
    (b"za", b"zha"), (b"zh", b"zho"), (b"zu", b"zul"),
];
