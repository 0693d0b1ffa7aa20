// <xz-drawer><dialog>…<div data-inside></div></dialog></xz-drawer>
// Opens when something is put inside it (an htmx swap), empties itself when it closes.
class Drawer extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.inside = this.querySelector("[data-inside]");
    new MutationObserver(() => this.follow()).observe(this.inside, { childList: true });
    this.dialog.addEventListener("close", () => this.inside.replaceChildren());
    this.dialog.addEventListener("click", (event) => {
      const close = event.target === this.dialog || event.target.closest("[data-close]");
      if (close) this.dialog.close();
    });
  }

  follow() {
    const filled = this.inside.childElementCount > 0;
    if (filled && !this.dialog.open) this.dialog.showModal();
    if (filled) this.name();
  }

  name() {
    const heading = this.inside.querySelector("h1, h2, h3");
    if (heading) this.dialog.setAttribute("aria-label", heading.textContent.trim());
  }
}
customElements.define("xz-drawer", Drawer);
