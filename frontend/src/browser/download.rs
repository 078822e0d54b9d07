//! What a person takes away: a file made here, a text to paste.
//! Asks nothing of any server.

use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::clock::bientot;
use super::dom::{document, fenetre};

/// Gives a text to the person as a file, without any server.
pub fn telecharger(nom: &str, media: &str, texte: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let morceaux = js_sys::Array::of1(&texte.into());
    let adresse =
        Blob::new_with_str_sequence_and_options(&morceaux, &options).and_then(|b| Url::create_object_url_with_blob(&b));
    if let (Some(document), Ok(adresse)) = (document(), adresse)
        && let Some(Ok(lien)) = document.create_element("a").ok().map(JsCast::dyn_into::<HtmlAnchorElement>)
    {
        lien.set_href(&adresse);
        lien.set_download(nom);
        lien.click();
        bientot(move || {
            let _revoked = Url::revoke_object_url(&adresse);
        });
    }
}

/// Puts a text where the person pastes from.
pub fn copier(texte: &str) {
    if let Some(fenetre) = fenetre() {
        // Refused without the person's leave: the link beside the button is still there to be copied.
        let _asked = fenetre.navigator().clipboard().write_text(texte);
    }
}
