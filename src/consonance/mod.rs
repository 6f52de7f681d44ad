//! Consonance: requests, answers, errors.
