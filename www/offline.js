// Has the page kept by worker.js, and says when a newer one is ready. Loaded when the page has
// begun. Where a browser has no workers, or keeps nothing, the page works as well as before.

import { tell } from "./foot.js";

const WORDS = {
  en: { what: "A new version of Shardlab is ready.", reload: "Reload", later: "Later" },
  ko: { what: "새 버전의 Shardlab이 준비되었습니다.", reload: "새로 고침", later: "나중에" },
};

/** Milliseconds between two looks for a newer version in a page that stays open. */
const LOOK_MILLIS = 60 * 60 * 1000;

/** Has the worker keep the page; `url` is where the worker's script is. */
export async function keep(url) {
  const workers = navigator.serviceWorker;
  const registration = await workers.register(url);
  const look = () => {
    // A first version is nothing new.
    if (!registration.waiting || !workers.controller) return;
    const reload = () => {
      workers.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting?.postMessage("take over");
    };
    tell("update", WORDS, { reload, later: undefined });
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
