// Types a text into a field again and again, one character at a time, as the browser tells the page: the value, then an
// `input` event. A keystroke ends when every task that it queued is done, the drawing of the DOM included.
// Arguments: id of the field, text, rounds. Answers the milliseconds of each keystroke.
const [id, texte, tours, fini] = arguments;
const champ = document.getElementById(id);
const ecrire = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
const canal = new MessageChannel();
const laSuite = () => new Promise((suite) => { canal.port1.onmessage = suite; canal.port2.postMessage(0); });

const mesurer = async () => {
  const durees = [];
  champ.focus();
  for (let tour = 0; tour < tours; tour += 1) {
    for (let fin = 0; fin <= texte.length; fin += 1) {
      ecrire.call(champ, texte.slice(0, fin));
      const debut = performance.now();
      champ.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: texte[fin - 1] ?? null }));
      await laSuite();
      durees.push(performance.now() - debut);
    }
  }
  return durees;
};
mesurer().then(fini, (erreur) => fini(String(erreur)));
