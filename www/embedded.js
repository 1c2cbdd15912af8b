// Talks with the page around an embedded Shardlab: tells how high it is, and hears whether it is in
// view and which theme and language the page has. Everything is a plain message; nothing is stored.

const hear = (detail) => document.dispatchEvent(new CustomEvent("shardlab-host", { detail }));
const tell = (message) => {
  if (parent !== window) parent.postMessage({ source: "shardlab", v: 1, ...message }, "*");
};

/** Begins once the app listens. */
export function begin() {
  const app = document.getElementById("app");
  let told = 0;
  new ResizeObserver(() => {
    // With the lines above the app, if there are some.
    const height = Math.ceil(document.body.scrollHeight);
    if (Math.abs(height - told) < 2) return;
    told = height;
    tell({ type: "size", height });
  }).observe(document.body);
  new IntersectionObserver((entries) => {
    hear(entries.at(-1).isIntersecting ? "seen" : "unseen");
  }).observe(app);
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.source !== "shardlab") return;
    if (data.type === "theme" || data.type === "lang") hear(`${data.type}:${data.value}`);
  });
  tell({ type: "ready" });
}
