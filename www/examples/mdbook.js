// What a theme switch of mdBook does: another class on the root.
document.getElementById("theme").addEventListener("change", ({ target }) => {
  document.documentElement.className = `${target.value} sidebar-visible`;
});
