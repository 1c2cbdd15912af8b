// Starts the wasm module, and says so in plain words when that fails. The file names come from
// the attributes that the build puts on this script's element.

const { js, wasm } = document.getElementById("boot").dataset;

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
