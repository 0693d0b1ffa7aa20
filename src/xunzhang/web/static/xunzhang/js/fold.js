// <xz-fold><form class="filters">… <button type="button" aria-expanded="false"> … <div class="rest">…</div></form></xz-fold>
// On a phone the rest of the filters waits behind the button; on a wide screen, or without scripts, all are shown.
class Fold extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[aria-expanded]");
      if (!button) return;
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      this.querySelector(".rest").classList.toggle("open", open);
    });
  }
}
customElements.define("xz-fold", Fold);
