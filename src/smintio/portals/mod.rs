//! Portals: search, details, downloads, collections through `execute`.
