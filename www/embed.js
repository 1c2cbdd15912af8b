/**
 * Shardlab inside of notes: two elements, and nothing that is loaded before somebody asks for it.
 *
 *     <script type="module" src="https://…/embed.js"></script>
 *     <shardlab-play scenario="hot-shard">a link for where there are no scripts</shardlab-play>
 *     <shardlab-run></shardlab-run>   after a block of `aws kinesis …` lines
 */

const home = new URL("./", import.meta.url).href;

const WORDS = {
  en: {
    play: "Run this stream", frame: "A Kinesis stream that runs here", run: "Run",
    all: "Run all blocks up to here", afresh: "Begin afresh", running: "Loading…",
    output: "What the commands print", nothing: "(no output)",
  },
  ko: {
    play: "이 스트림 실행하기", frame: "여기서 실행되는 Kinesis 스트림", run: "실행",
    all: "여기까지 모든 블록 실행", afresh: "처음부터", running: "불러오는 중…",
    output: "명령이 출력한 내용", nothing: "(출력 없음)",
  },
};

const language = (element) => {
  const tag = element.closest("[lang]")?.lang || navigator.language;
  return tag.toLowerCase().startsWith("ko") ? "ko" : "en";
};

/** The theme of the page around: what it says by the usual attributes and classes, else nothing. */
const DARK = /(^|[\s-])(dark|coal|navy|ayu|slate)($|\s)/i;
const LIGHT = /(^|[\s-])(light|rust|default)($|\s)/i;
function theme() {
  for (const { dataset, className } of [document.documentElement, document.body]) {
    const said = [dataset.theme, dataset.bsTheme, dataset.mdColorScheme, dataset.colorMode, className];
    for (const text of said) {
      if (DARK.test(text)) return "dark";
      if (LIGHT.test(text)) return "light";
    }
  }
  return "system";
}

/** Calls back whenever the page around changes its theme. */
function watch(change) {
  const observer = new MutationObserver(change);
  const filter = ["class", "data-theme", "data-bs-theme", "data-md-color-scheme", "data-color-mode"];
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true, attributeFilter: filter });
  }
  return observer;
}

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

function shadow(element, css) {
  const root = element.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  return root;
}

const BUTTON = `
button { font: inherit; padding: .3em .8em; border: 1px solid #0b63c4; border-radius: .4em;
  background: #0b63c4; color: #fff; cursor: pointer; }
button.quiet { background: none; color: inherit; border-color: currentcolor; }
button:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; }
button:disabled { opacity: .6; cursor: wait; }`;

const PLAY = `
:host { display: block; margin: 1em 0; }
.poster { display: grid; place-items: center; min-height: 12em; border: 1px solid #8888;
  border-radius: .4em; background: center / cover no-repeat; }${BUTTON}`;

/** A poster; asked for, the stream itself in a frame. */
class Play extends HTMLElement {
  #root = shadow(this, PLAY);
  #watching;

  connectedCallback() {
    const words = WORDS[language(this)];
    const button = make("button", { type: "button", onclick: () => this.play() }, `▶ ${words.play}`);
    const poster = make("div", { className: "poster" }, button);
    const picture = new URL(this.getAttribute("poster") ?? "embed/card.svg", home);
    poster.style.backgroundImage = `url("${picture}")`;
    poster.style.height = `${this.#height}px`;
    this.#root.replaceChildren(poster);
  }

  disconnectedCallback() {
    this.#watching?.();
    this.#watching = undefined;
  }

  get #height() {
    return Math.min(Number.parseInt(this.getAttribute("height"), 10) || 420, 2000);
  }

  /** The address of the frame. */
  get src() {
    const query = new URLSearchParams({ embed: "1", lang: language(this) });
    for (const name of ["scenario", "view", "speed", "t", "controls", "panel"]) {
      if (this.hasAttribute(name)) query.set(name, this.getAttribute(name));
    }
    const asked = this.getAttribute("theme");
    query.set("theme", asked && asked !== "auto" ? asked : theme());
    const run = this.getAttribute("run");
    return `${home}?${query}${run ? `#${run.replace(/^#/, "")}` : ""}`;
  }

  play() {
    if (this.#watching) return;
    const title = this.getAttribute("title") ?? WORDS[language(this)].frame;
    const frame = make("iframe", { src: this.src, title, slot: "frame", allow: "clipboard-write" });
    Object.assign(frame.style, { display: "block", width: "100%", border: "0" });
    frame.style.height = `${this.#height}px`;
    const hear = ({ source, data }) => {
      if (source !== frame.contentWindow || data?.source !== "shardlab" || data.type !== "size") return;
      frame.style.height = `${Math.min(Math.max(data.height, 100), 2000)}px`;
    };
    addEventListener("message", hear);
    const observer = watch(() => {
      if ((this.getAttribute("theme") ?? "auto") !== "auto") return;
      frame.contentWindow?.postMessage(
        { source: "shardlab", v: 1, type: "theme", value: theme() }, new URL(home).origin);
    });
    this.#watching = () => {
      removeEventListener("message", hear);
      observer.disconnect();
      frame.remove();
    };
    // Not in the shadow: only frames outside of one see each other, and share what they compiled.
    this.#root.replaceChildren(make("slot", { name: "frame" }));
    this.append(frame);
    // Whoever pressed the button is where it was.
    frame.focus({ preventScroll: true });
  }
}

/** The worlds of this page, by group: one for all blocks that name none. */
const labs = new Map();

function labOf(group) {
  if (!labs.has(group)) {
    const lab = import(`${home}shardlab.js`).then(({ Shardlab }) => Shardlab.create());
    lab.catch(() => labs.delete(group));
    labs.set(group, lab);
  }
  return labs.get(group);
}

/** The commands of a block: lines, with those that go on in the next one put together. */
export function commands(text) {
  let lines = text.replace(/\r/g, "").split("\n");
  // Where prompts are shown, what has none is what was printed.
  if (lines.some((line) => /^\s*\$ /.test(line))) {
    const goesOn = (at) => at > 0 && /\\\s*$/.test(lines[at - 1]);
    lines = lines.filter((line, at) => /^\s*\$ /.test(line) || goesOn(at))
      .map((line) => line.replace(/^\s*\$ /, ""));
  }
  const found = [];
  let command = "";
  for (const line of lines) {
    if (!command && /^\s*(#|$)/.test(line)) continue;
    command += command ? `\n${line}` : line;
    const bare = command.replace(/\\[^]/g, "").replace(/'[^']*'|"[^"]*"/g, "");
    const count = (word) => bare.match(new RegExp(`(^|[\\s;])${word}($|[\\s;])`, "g"))?.length ?? 0;
    if (/\\$/.test(command) || /['"]/.test(bare) || count("do") > count("done")) continue;
    found.push(command);
    command = "";
  }
  if (command) found.push(command);
  return found;
}

const RUN = `
:host { display: block; margin: .5em 0 1em; }
div { display: flex; flex-wrap: wrap; gap: .5em; }
pre { overflow: auto; max-height: 24em; margin: .5em 0 0; padding: .75em; border: 1px solid #8888;
  border-radius: .4em; font: .85em/1.45 ui-monospace, Menlo, Consolas, monospace; }
.command { opacity: .7; }
.error { color: light-dark(#b01f2e, #ff8a94); }
.hint { font-style: italic; }${BUTTON}`;

/** Runs the block of commands before it. */
class Run extends HTMLElement {
  #root = shadow(this, RUN);
  #words = WORDS.en;
  #output = make("pre", { tabIndex: 0, hidden: true });
  #buttons = [];
  hasRun = false;

  connectedCallback() {
    const words = this.#words = WORDS[language(this)];
    this.#output.setAttribute("role", "log");
    this.#output.setAttribute("aria-label", words.output);
    const button = (word, className, onclick) =>
      make("button", { type: "button", className, onclick }, word);
    this.#buttons = [
      button(`▶ ${words.run}`, "", () => this.run()),
      button(words.all, "quiet", () => this.runAll()),
      button(words.afresh, "quiet", () => this.reset()),
    ];
    this.#root.replaceChildren(make("div", {}, ...this.#buttons), this.#output);
  }

  get group() {
    return this.getAttribute("group") ?? "";
  }

  /** The block: the closest one before this element, whatever the host has wrapped around it. */
  get block() {
    let place = this;
    while (place && !place.previousElementSibling) place = place.parentElement;
    const before = place?.previousElementSibling;
    return before?.matches("pre") ? before : [...before?.querySelectorAll("pre") ?? []].at(-1);
  }

  get #others() {
    return [...document.querySelectorAll("shardlab-run")].filter((it) => it.group === this.group);
  }

  async runAll() {
    for (const element of this.#others) {
      if (element === this || !element.hasRun) await element.run();
      if (element === this) return;
    }
  }

  async reset() {
    const lab = labs.get(this.group);
    labs.delete(this.group);
    for (const element of this.#others) element.clear();
    (await lab)?.free();
  }

  clear() {
    this.hasRun = false;
    this.#output.replaceChildren();
    this.#output.hidden = true;
  }

  #print(className, text) {
    this.#output.append(make("span", { className }, text.endsWith("\n") ? text : `${text}\n`));
  }

  async run() {
    this.clear();
    this.#output.hidden = false;
    this.#output.textContent = this.#words.running;
    for (const button of this.#buttons) button.disabled = true;
    try {
      const lab = await labOf(this.group);
      this.#output.textContent = "";
      const block = this.block;
      for (const line of commands((block?.querySelector("code") ?? block)?.textContent ?? "")) {
        this.#print("command", `$ ${line}`);
        const { stdout, stderr, hint } = lab.enter(line);
        if (stdout) this.#print("", stdout);
        if (stderr) this.#print("error", stderr);
        if (hint) this.#print("hint", hint);
        // A reader takes longer than a stream does to be there.
        lab.settle();
      }
      if (!this.#output.hasChildNodes()) this.#output.textContent = this.#words.nothing;
      this.hasRun = true;
    } catch (error) {
      if (!this.#output.childElementCount) this.#output.textContent = "";
      this.#print("error", String(error?.message ?? error));
    } finally {
      for (const button of this.#buttons) button.disabled = false;
    }
    this.dispatchEvent(new CustomEvent("shardlab-ran", { bubbles: true }));
  }
}

customElements.get("shardlab-play") ?? customElements.define("shardlab-play", Play);
customElements.get("shardlab-run") ?? customElements.define("shardlab-run", Run);
