// Finds what a person means by a role and a name. Arguments: role, name. Answers { element } or { refus }.
const [role, nom] = arguments;

const SELECTEURS = {
  champ: "input:not([type=hidden]), textarea, select",
  bouton: "button, [role=button], input[type=submit], summary",
  lien: "a[href]",
  titre: "h1, h2, h3, h4",
};

// Typography is no difference for an eye: blanks of all widths, both apostrophes.
const lisse = (texte) => (texte ?? "").replace(/[\s\u00a0\u202f]+/g, " ").replace(/[’ʼ]/g, "'").trim();

// A file input may be drawn by its label alone.
const visible = (element) =>
  !element.closest("[aria-hidden=true], [inert]") &&
  (element.type === "file" || element.checkVisibility({ visibilityProperty: true }));

const noms = (element) => {
  const designes = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const textes = designes.map((id) => document.getElementById(id)?.innerText);
  const etiquettes = [...(element.labels ?? [])].map((etiquette) => etiquette.innerText);
  return [textes.join(" "), element.getAttribute("aria-label"), ...etiquettes, element.innerText, element.getAttribute("title")]
    .map(lisse)
    .filter(Boolean);
};

const voulu = lisse(nom);
const candidats = [...document.querySelectorAll(SELECTEURS[role])].filter(visible).map((e) => ({ element: e, noms: noms(e) }));
const exacts = candidats.filter((candidat) => candidat.noms.includes(voulu));
const proches = candidats.filter((candidat) => candidat.noms.some((autre) => autre.startsWith(voulu)));
const trouves = exacts.length > 0 ? exacts : proches;
// The same link may stand in the header and in the text: a person takes the one of the text.
const dans = trouves.filter((candidat) => candidat.element.closest("dialog[open]"));
const coeur = trouves.filter((candidat) => candidat.element.closest("main"));
const retenus = dans.length > 0 ? dans : coeur.length > 0 ? coeur : trouves;

if (retenus.length === 0) {
  const connus = candidats.map((candidat) => candidat.noms[0]).filter(Boolean);
  return { refus: `no ${role} « ${nom} » on the screen; there are: ${connus.join(" | ") || "none"}` };
}
if (retenus.length > 1 && role !== "lien") {
  return { refus: `${retenus.length} times ${role} « ${nom} » on the screen: say which` };
}
return { element: retenus[0].element };
