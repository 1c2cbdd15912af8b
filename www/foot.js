// Lines at the page's foot, which move nothing and stay until somebody chooses. A page that scrolls
// ends below them, so that whatever they cover comes out of there. Inside of another page they have
// a row of their own above all else: a low frame has no room beside what is pressed. Loaded when
// there is something to tell.

const STYLE = `
.foot { position: fixed; z-index: 9; inset: auto 0 var(--space-2); width: fit-content;
  max-width: calc(100% - 2 * var(--space-2)); margin: 0 auto; display: grid; gap: var(--space-2); }
.foot p { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: center;
  margin: 0; padding: var(--space-2) var(--space-3); border: 1px solid var(--color-accent);
  border-radius: var(--radius); background: var(--color-surface); color: var(--color-text);
  font-size: var(--size-small); overflow-wrap: anywhere; }
.foot a { color: var(--color-accent); }
@media (max-width: 56rem) {
  .foot { position: sticky; bottom: var(--space-2); }
  :root:not([data-embed]):has(.foot p) { scroll-padding-bottom: 8rem; }
}
[data-embed] body { display: flex; flex-direction: column; min-height: 100vh; min-height: 100dvh; }
[data-embed] #app { flex: 1 0 auto; min-height: 0; }
[data-embed] .foot { position: static; width: auto; max-width: none; margin: 0; }
[data-embed] .foot p { padding: var(--space-1) var(--space-2); }
[data-embed] .foot:not(:empty) { padding: var(--space-2) var(--space-2) 0; }`;

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

let foot;
const place = () => {
  if (!foot) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets.push(sheet);
    foot = make("div", { className: "foot" });
    if ("embed" in document.documentElement.dataset) document.body.prepend(foot);
    else document.body.append(foot);
  }
  return foot;
};

/** Tells a line of a kind, once. `words` has it per language: `what`, and the names of `choices`,
 * each of which is called when it is chosen, with what takes the line away; one that does nothing
 * else does that. One that is a text is an address to open. */
export function tell(kind, words, choices) {
  if (document.querySelector(`.${kind}`)) return;
  const line = make("div", { className: kind });
  line.setAttribute("role", "status");
  place().append(line);
  const hide = () => {
    observer.disconnect();
    line.remove();
  };
  const write = () => {
    const said = words[document.documentElement.lang] ?? words.en;
    const ways = Object.entries(choices).map(([name, act]) => (typeof act === "string"
      ? make("a", { href: act, target: "_blank", rel: "noopener" }, said[name])
      : make("button", { type: "button", onclick: () => (act ?? hide)(hide) }, said[name])));
    line.replaceChildren(make("p", {}, make("span", {}, said.what), ...ways));
  };
  const observer = new MutationObserver(write);
  observer.observe(document.documentElement, { attributeFilter: ["lang"] });
  // A place that is announced has to be there before its words.
  setTimeout(write, 100);
}
