"use strict";
const banner = () => {
  const box = document.getElementById("banner");
  box.hidden = false;
  box.focus();
};
document.addEventListener("htmx:response:error", banner);
document.addEventListener("htmx:error", banner);
document.addEventListener("htmx:after:swap", () => {
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
});
const help = document.getElementById("keys");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "?" && !typing && help) {
    event.preventDefault();
    help.showModal();
  }
  if (event.key === "/" && !typing) {
    const box = document.querySelector("input[name=q]");
    if (box) {
      event.preventDefault();
      box.focus();
    }
  }
});
const idle = document.getElementById("idle");
if (idle) {
  const minutes = Number(document.body.dataset.idle);
  const warn = () => { idle.hidden = false; };
  let timer = setTimeout(warn, (minutes - 2) * 60000);
  const again = () => {
    clearTimeout(timer);
    idle.hidden = true;
    timer = setTimeout(warn, (minutes - 2) * 60000);
  };
  document.addEventListener("htmx:after:swap", again);
  idle.querySelector("a").addEventListener("click", again);
}
