// Types a text into a field again and again, one character at a time, as the browser tells the page: the value, then an
// `input` event. A keystroke ends when every task that it queued is done: nothing may change the document afterwards,
// that would not have been counted. `posement`, as a person types: the browser lays out what was drawn and shows it
// before the next keystroke, which finds caches cold; else keystrokes follow one another at once.
// Arguments: id of the field, text, rounds, posement. Answers the milliseconds of each keystroke, then those with the
// layout.
const [id, texte, tours, posement, fini] = arguments;
const champ = document.getElementById(id);
const ecrire = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
const canal = new MessageChannel();
const laSuite = () => new Promise((suite) => { canal.port1.onmessage = suite; canal.port2.postMessage(0); });
const uneImage = () => new Promise((suite) => requestAnimationFrame(() => setTimeout(suite)));
const tout = { subtree: true, childList: true, characterData: true, attributes: true };

const verifier = async () => {
  let tardives = 0;
  const guetteur = new MutationObserver((changements) => { tardives += changements.length; });
  guetteur.observe(document.documentElement, tout);
  await uneImage();
  guetteur.disconnect();
  if (tardives > 0) throw new Error(`${tardives} changes of the document came after the end of the measure`);
};

const mesurer = async () => {
  const [document_, mise_en_page] = [[], []];
  champ.focus();
  for (let tour = 0; tour < tours; tour += 1) {
    for (let fin = 0; fin <= texte.length; fin += 1) {
      ecrire.call(champ, texte.slice(0, fin));
      const debut = performance.now();
      champ.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: texte[fin - 1] ?? null }));
      await laSuite();
      document_.push(performance.now() - debut);
      if (!posement) continue;
      document.body.getBoundingClientRect();
      mise_en_page.push(performance.now() - debut);
      await verifier();
    }
  }
  return [document_, mise_en_page];
};
mesurer().then(fini, (erreur) => fini(String(erreur)));
