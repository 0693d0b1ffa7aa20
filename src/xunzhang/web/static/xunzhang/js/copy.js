// <xz-copy value="…" done="…"><button type="button">…</button></xz-copy>
class Copy extends HTMLElement {
  connectedCallback() {
    this.hidden = !navigator.clipboard;
    this.addEventListener("click", () => this.copy());
  }

  async copy() {
    const button = this.querySelector("button");
    await navigator.clipboard.writeText(this.getAttribute("value"));
    const before = button.textContent;
    button.textContent = this.getAttribute("done");
    setTimeout(() => (button.textContent = before), 2000);
  }
}
customElements.define("xz-copy", Copy);
