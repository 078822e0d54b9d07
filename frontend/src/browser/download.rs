//! What a person takes away: a file made here, a text to paste.
//! Asks nothing of any server.

use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::clock::soon;
use super::dom::{document, window};

/// Gives a text to the person as a file, without any server.
pub fn download(nom: &str, media: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let chunks = js_sys::Array::of1(&text.into());
    let address =
        Blob::new_with_str_sequence_and_options(&chunks, &options).and_then(|b| Url::create_object_url_with_blob(&b));
    if let Ok(address) = address {
        save(&address, nom);
        soon(move || {
            let _revoked = Url::revoke_object_url(&address);
        });
    }
}

/// Has the browser save what is at this address of ours, as it comes.
pub fn save(address: &str, nom: &str) {
    if let Some(Ok(link)) =
        document().and_then(|document| document.create_element("a").ok()).map(JsCast::dyn_into::<HtmlAnchorElement>)
    {
        link.set_href(address);
        link.set_download(nom);
        link.click();
    }
}

/// Puts a text where the person pastes from; whether the browser has such a place. By plain http it has none: the link
/// beside the button is there to be copied.
pub fn copy(text: &str) -> bool {
    let clipboard = window().map(|window| window.navigator().clipboard()).filter(|clipboard| !clipboard.is_undefined());
    // Refused without the person's leave.
    clipboard.map(|clipboard| clipboard.write_text(text)).is_some()
}

/// The screen on paper.
pub fn print() {
    if let Some(window) = window() {
        // Refused by some browsers inside an app: there is nothing more to do then.
        let _refuse = window.print();
    }
}
