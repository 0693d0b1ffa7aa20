// <xz-walk>…a table…</xz-walk>: the arrow keys walk from row to row, also down from the search field; n enters a new one.
const typing = (target) => target.closest("input, select, textarea, [contenteditable], dialog, details[open]");

class Walk extends HTMLElement {
  connectedCallback() {
    this.heard = (event) => this.hear(event);
    document.addEventListener("keydown", this.heard);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.heard);
  }

  hear(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const search = event.target.matches("input[type=search]");
    if (typing(event.target) && !(search && event.key === "ArrowDown")) return;
    if (event.key === "n") return document.querySelector("[data-new]")?.click();
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step && this.go(step)) event.preventDefault();
  }

  go(step) {
    const rows = [...this.querySelectorAll("tbody th a")];
    const here = rows.indexOf(document.activeElement);
    if (here < 0 && step < 0) return false;
    const next = rows[here + step];
    next?.focus();
    return Boolean(next);
  }
}
customElements.define("xz-walk", Walk);
