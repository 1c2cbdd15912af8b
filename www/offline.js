// Has the page kept by worker.js, and says when a newer one is ready. Loaded when the page has
// begun. Where a browser has no workers, or keeps nothing, the page works as well as before.

const WORDS = {
  en: { what: "A new version of Shardlab is ready.", reload: "Reload", later: "Later" },
  ko: { what: "새 버전의 Shardlab이 준비되었습니다.", reload: "새로 고침", later: "나중에" },
};

/** Milliseconds between two looks for a newer version in a page that stays open. */
const LOOK_MILLIS = 60 * 60 * 1000;

const STYLE = `
.update { position: fixed; z-index: 9; inset: auto 0 var(--space-2); width: fit-content;
  max-width: calc(100% - 2 * var(--space-2)); margin: 0 auto; }
.update > p { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: center;
  margin: 0; padding: var(--space-2) var(--space-3); border: 1px solid var(--color-accent);
  border-radius: var(--radius); background: var(--color-surface); color: var(--color-text);
  font-size: var(--size-small); }`;

/** A line at the page's foot that moves nothing; it stays until somebody chooses. */
function tell(reload) {
  if (document.querySelector(".update")) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets.push(sheet);
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const place = make("div", { className: "update" });
  place.setAttribute("role", "status");
  document.body.append(place);
  const write = () => {
    const words = WORDS[document.documentElement.lang] ?? WORDS.en;
    place.replaceChildren(make("p", {},
      words.what,
      make("button", { type: "button", onclick: reload }, words.reload),
      make("button", { type: "button", onclick: () => {
        observer.disconnect();
        place.remove();
      } }, words.later)));
  };
  const observer = new MutationObserver(write);
  observer.observe(document.documentElement, { attributeFilter: ["lang"] });
  // A place that is announced has to be there before its words.
  setTimeout(write, 100);
}

/** Has the worker keep the page; `url` is where the worker's script is. */
export async function keep(url) {
  const workers = navigator.serviceWorker;
  const registration = await workers.register(url);
  const look = () => {
    // A first version is nothing new.
    if (!registration.waiting || !workers.controller) return;
    tell(() => {
      workers.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting?.postMessage("take over");
    });
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  look();
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < LOOK_MILLIS) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
}
