//! The same cases natively and in a browser.

mod communs;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[test]
fn every_case_of_the_table_gives_what_it_promises() {
    communs::toutes();
}

#[test]
fn a_nir_says_sex_month_and_place_and_must_agree_with_the_birth_date() {
    communs::lecture();
}
