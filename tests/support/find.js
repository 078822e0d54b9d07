// Finds what a person means by a role and a name. Arguments: role, name. Answers { element } or { refusal }.
const [role, name] = arguments;

const SELECTORS = {
  field: "input:not([type=hidden]), textarea, select",
  button: "button, [role=button], input[type=submit], summary",
  link: "a[href]",
};

// Typography is no difference for an eye: blanks of all widths, both apostrophes.
const smooth = (text) => (text ?? "").replace(/[\s\u00a0\u202f]+/g, " ").replace(/[’ʼ]/g, "'").trim();

// A file input may be drawn by its label alone.
const visible = (element) =>
  !element.closest("[aria-hidden=true], [inert]") &&
  (element.type === "file" || element.checkVisibility({ visibilityProperty: true }));

const namesOf = (element) => {
  const referenced = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const texts = referenced.map((id) => document.getElementById(id)?.innerText);
  const labels = [...(element.labels ?? [])].map((label) => label.innerText);
  return [texts.join(" "), element.getAttribute("aria-label"), ...labels, element.innerText, element.getAttribute("title")]
    .map(smooth)
    .filter(Boolean);
};

const wanted = smooth(name);
const candidates = [...document.querySelectorAll(SELECTORS[role])].filter(visible).map((element) => ({ element, names: namesOf(element) }));
const exact = candidates.filter((candidate) => candidate.names.includes(wanted));
const close = candidates.filter((candidate) => candidate.names.some((other) => other.startsWith(wanted)));
const found = exact.length > 0 ? exact : close;
// The same link may stand in the header and in the text: a person takes the one of the text.
const inDialog = found.filter((candidate) => candidate.element.closest("dialog[open]"));
const inMain = found.filter((candidate) => candidate.element.closest("main"));
const kept = inDialog.length > 0 ? inDialog : inMain.length > 0 ? inMain : found;

if (kept.length === 0) {
  const known = candidates.map((candidate) => candidate.names[0]).filter(Boolean);
  return { refusal: `no ${role} « ${name} » on the screen; there are: ${known.join(" | ") || "none"}` };
}
if (kept.length > 1 && role !== "link") {
  return { refusal: `${kept.length} times ${role} « ${name} » on the screen: say which` };
}
return { element: kept[0].element };
