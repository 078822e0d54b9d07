// Types a text into a field again and again, one character at a time, as the browser tells the page: the value, then an
// `input` event. A keystroke ends when every task that it queued is done: nothing may change the document afterwards,
// that would not have been counted. `unhurried`, as a person types: the browser lays out what was drawn and shows it
// before the next keystroke, which finds caches cold; else keystrokes follow one another at once.
// Arguments: id of the field, text, rounds, unhurried. Answers the milliseconds of each keystroke, then those with the
// layout.
const [id, text, rounds, unhurried, done] = arguments;
const field = document.getElementById(id);
const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
const channel = new MessageChannel();
const nextTask = () => new Promise((go) => { channel.port1.onmessage = go; channel.port2.postMessage(0); });
const nextFrame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
const everything = { subtree: true, childList: true, characterData: true, attributes: true };

const check = async () => {
  let late = 0;
  const observer = new MutationObserver((changes) => { late += changes.length; });
  observer.observe(document.documentElement, everything);
  await nextFrame();
  observer.disconnect();
  if (late > 0) throw new Error(`${late} changes of the document came after the end of the measure`);
};

const measure = async () => {
  const [inDom, laidOut] = [[], []];
  field.focus();
  for (let round = 0; round < rounds; round += 1) {
    for (let end = 0; end <= text.length; end += 1) {
      write.call(field, text.slice(0, end));
      const start = performance.now();
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text[end - 1] ?? null }));
      await nextTask();
      inDom.push(performance.now() - start);
      if (!unhurried) continue;
      document.body.getBoundingClientRect();
      laidOut.push(performance.now() - start);
      await check();
    }
  }
  return [inDom, laidOut];
};
measure().then(done, (error) => done(String(error)));
