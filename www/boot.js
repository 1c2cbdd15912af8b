// Starts the wasm module, and says so in plain words when that fails. The file names come from
// the attributes that the build puts on this script's element.
//
// It also keeps the lines that were entered, outside of the wasm's memory. Should the wasm fail
// later, the visitor gets them back as text, and the broken module is asked nothing more.

const { js, wasm } = document.getElementById("boot").dataset;

const WORDS = {
  en: {
    what: "Shardlab has stopped: it hit a mistake of its own.",
    advice: "These lines bring a fresh page to where you were. Copy them, reload, and paste them.",
    lines: "Lines that were entered", copy: "Copy", reload: "Reload",
  },
  ko: {
    what: "Shardlab 내부 오류로 멈췄습니다.",
    advice: "아래 명령을 복사한 다음 페이지를 새로 고치고 콘솔에 붙여 넣으면 하던 곳까지 돌아갑니다.",
    lines: "입력한 명령", copy: "복사", reload: "새로 고침",
  },
};

const kept = [];
globalThis.shardlabKeep = (line) => kept.push(line);
globalThis.shardlabForget = () => { kept.length = 0; };
globalThis.shardlabFail = (message) => {
  if (document.getElementById("crash")) return;
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
      make("button", { type: "button", onclick: () => location.reload() }, words.reload)),
    make("pre", {}, message));
  crash.setAttribute("role", "alert");
  document.body.prepend(crash);
};

// What no panic announces: memory that cannot grow, a trap.
const isFatal = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener("error", ({ error }) => isFatal(error) && shardlabFail(error.message));
addEventListener("unhandledrejection", ({ reason: error }) =>
  isFatal(error) && shardlabFail(error.message));

try {
  const { default: start } = await import(new URL(js, document.baseURI).href);
  await start({ module_or_path: new URL(wasm, document.baseURI) });
  document.documentElement.dataset.started = "";
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
