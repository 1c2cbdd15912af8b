// Starts the wasm module, and says so in plain words when that fails. The file names come from
// the attributes that the build puts on this script's element.
//
// It also keeps the lines that were entered, outside of the wasm's memory. Should the wasm fail
// later, the visitor gets them back as text, and the broken module is asked nothing more.

const { js, wasm, worker, sheet } = document.getElementById("boot").dataset;

// What can be seen of the page: names in its address.
const VIEWS = "picture totals console steer charts inspector tables receipt cost compare data share help".split(" ");

// Inside of another page: which parts of this one are asked for. Style sheets do the rest.
let embedded;
const query = new URLSearchParams(location.search);
if ((query.get("embed") ?? "0") !== "0") {
  const view = (query.get("view") ?? "").split(",").filter((name) => VIEWS.includes(name));
  if (view.length === 0) view.push("picture");
  const panels = view.filter((name) => VIEWS.indexOf(name) > 1);
  const { dataset } = document.documentElement;
  Object.assign(dataset, { embed: "", view: view.join(" "), controls: query.get("controls") || "min" });
  if (panels.length > 0) dataset.panel = panels.length > 1 ? "many" : "one";
  embedded = import("./embedded.js");
}

// The style sheet of the panels is asked for once there is time for it, or as soon as somebody may
// open one. A build of one sheet names none.
function dress() {
  if (!sheet || document.querySelector(`link[href="${sheet}"]`)) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet });
  document.head.append(link);
}
if (embedded || location.hash || query.has("panel") || query.has("view")) dress();
for (const kind of ["pointerdown", "focusin", "keydown"]) {
  addEventListener(kind, dress, { capture: true, once: true });
}

// What the page most likely begins with is asked for before the wasm can ask.
const early = globalThis.shardlabEarly = {};
// Some hosts send their first page for whatever they lack.
const isAbsent = ({ headers }) => headers.get("content-type")?.startsWith("text/html");
const ask = (file) => {
  early[file] = fetch(file).then((response) => isAbsent(response) ? new Response("", { status: 404 }) : response);
  // Who uses it tells what went wrong.
  early[file].catch(() => {});
  return early[file];
};
const scenario = query.get("scenario") ?? "hot-shard";
let asked;
if (!location.hash && /^[a-z\d-]{1,64}$/.test(scenario)) {
  asked = ask(`scenarios/${scenario}.txt`);
  if (scenario === "hot-shard") {
    // What this one replays is known before it is read; its first rows are enough to begin with.
    ask(query.has("t") ? "data/earthquakes.csv" : "data/earthquakes.head.csv");
  } else {
    asked.then((response) => response.clone().text()).then((lines) => {
      for (const [, name] of lines.matchAll(/^lab .* --data ([a-z\d-]+)/gm)) ask(`data/${name}.csv`);
    }).catch(() => {});
  }
}

const WORDS = {
  en: {
    what: "Shardlab has stopped: it hit a mistake of its own.",
    advice: "These lines bring a fresh page to where you were. Copy them, reload, and paste them.",
    lines: "Lines that were entered", copy: "Copy", reload: "Reload",
    file: "Download the run", link: "Copy a link to the run",
  },
  ko: {
    what: "Shardlab 내부 오류로 멈췄습니다.",
    advice: "아래 명령을 복사한 다음 페이지를 새로 고치고 콘솔에 붙여 넣으면 하던 곳까지 돌아갑니다.",
    lines: "입력한 명령", copy: "복사", reload: "새로 고침",
    file: "실행 내려받기", link: "실행 링크 복사",
  },
};

const kept = [];
globalThis.shardlabKeep = (line) => kept.push(line);
globalThis.shardlabForget = () => { kept.length = 0; };
let link = "";
globalThis.shardlabKeepLink = (text) => { link = text; };

// Deflate, which the browser has: a run becomes a short link, and back. What unpacks to more than
// `most` bytes is given up there. No blob and no pipe between: each would cost some milliseconds.
const pour = async (bytes, writer) => {
  for (let at = 0; at < bytes.length; at += 16384) await writer.write(bytes.subarray(at, at + 16384));
  await writer.close();
};
const through = async (bytes, { writable, readable }, most) => {
  // Who reads is told what goes wrong.
  pour(bytes, writable.getWriter()).catch(() => {});
  const reader = readable.getReader();
  const parts = [];
  let size = 0;
  for (let part; (part = await reader.read()).value; parts.push(part.value)) {
    size += part.value.length;
    if (size > most) {
      reader.cancel();
      throw new RangeError("too long");
    }
  }
  const whole = new Uint8Array(size);
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
};
if (globalThis.DecompressionStream) {
  globalThis.shardlabDeflate = (bytes) => through(bytes, new CompressionStream("deflate-raw"), Infinity);
  globalThis.shardlabInflate = (bytes, most) => through(bytes, new DecompressionStream("deflate-raw"), most);
}

// Whoever pastes a link into the address of an open page wants to see its run.
addEventListener("hashchange", () => {
  if (/^#(sizing=)?\d+(:|%3A)/.test(location.hash)) location.reload();
});

globalThis.shardlabFail = (message) => {
  if (document.getElementById("crash")) return;
  // A run that fails would fail again at every visit; it is offered here.
  try {
    localStorage.removeItem("shardlab.run");
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("shardlab.run:")) sessionStorage.removeItem(key);
    }
  } catch { /* nothing is kept there */ }
  const words = WORDS[document.documentElement.lang] ?? WORDS.en;
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const lines = make("textarea", { readOnly: true, rows: 8, value: kept.join("\n") });
  lines.setAttribute("aria-label", words.lines);
  const crash = make("section", { id: "crash", className: "crash" },
    make("h2", {}, words.what),
    make("p", {}, words.advice),
    lines,
    make("p", {},
      make("button", { type: "button", onclick: () => {
        lines.select();
        navigator.clipboard?.writeText(lines.value).catch(() => {});
      } }, words.copy),
      " ",
      make("button", { type: "button", onclick: () => location.reload() }, words.reload),
      ...(link ? [
        " ",
        make("a", { href: `data:application/octet-stream,shardlab-run ${link}`,
          download: "run.shardlab" }, words.file),
        " ",
        make("button", { type: "button", onclick: () => {
          navigator.clipboard?.writeText(`${location.href.split(/[?#]/)[0]}#${link}`).catch(() => {});
        } }, words.link),
      ] : [])),
    make("pre", {}, message));
  crash.setAttribute("role", "alert");
  document.body.prepend(crash);
};

// What no panic announces: memory that cannot grow, a trap.
const isFatal = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener("error", ({ error }) => isFatal(error) && shardlabFail(error.message));
addEventListener("unhandledrejection", ({ reason: error }) =>
  isFatal(error) && shardlabFail(error.message));

// Frames of one note compile the module once: the first that begins hands it to the others.
function compiled() {
  const file = fetch(new URL(wasm, document.baseURI));
  for (let place = 0; place < parent.length; place += 1) {
    try {
      const { shardlabModule } = parent[place];
      // Asked for all the same, from the browser's own store: the page has announced it.
      if (shardlabModule) return file.then(({ body }) => body.cancel()).then(() => shardlabModule);
    } catch { /* somebody else's frame */ }
  }
  // Some hosts do not know what wasm is.
  const isKnown = ({ headers }) => headers.get("content-type")?.startsWith("application/wasm");
  globalThis.shardlabModule = file.then((response) => isKnown(response)
    ? WebAssembly.compileStreaming(response)
    : response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes)));
  return globalThis.shardlabModule;
}

try {
  // It is compiled while what it imports is still on its way.
  const compiling = compiled();
  compiling.catch(() => {});
  const { default: start } = await import(new URL(js, document.baseURI).href);
  await start({ module_or_path: await compiling });
  document.documentElement.dataset.started = "";
  setTimeout(dress, 3000);
  if (query.size > 0) import("./address.js").then(({ check }) => check(query, VIEWS, asked)).catch(() => {});
  embedded?.then(({ begin }) => setTimeout(begin)).catch(() => {});
  // Only a build that lists its files names a worker, which keeps them once there is time for it.
  // Where none is allowed, nothing is kept.
  if (worker && self === top && !embedded) {
    setTimeout(() => import("./offline.js").then(({ keep }) => keep(worker)).catch(() => {}), 3000);
  }
} catch (error) {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent =
    "Shardlab could not start. It needs a current browser with WebAssembly; "
    + `reloading may help. What the browser said: ${error?.message ?? error}`;
  document.getElementById("app").replaceChildren(notice);
  throw error;
}
