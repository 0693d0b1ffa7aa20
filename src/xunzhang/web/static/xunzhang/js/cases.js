// <xz-rows>…<tbody data-rows>…<template><table>…<tr>…</tr></table></template><button data-add></xz-rows>
// Adds and removes rows of a table in a form. Without scripts the buttons send the form, and the server does it.
class Rows extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector("[data-rows]");
    this.addEventListener("click", (event) => this.act(event));
  }

  act(event) {
    const button = event.target.closest("[data-add], [data-remove]");
    if (!button) return;
    event.preventDefault();
    if (button.matches("[data-add]")) this.add();
    else this.remove_(button.closest("tr"));
  }

  add() {
    const place = (this.next = Math.max(this.next ?? 0, this.rows.children.length) + 1);
    const row = this.querySelector("template").content.querySelector("tr").cloneNode(true);
    for (const element of row.querySelectorAll("*"))
      for (const attribute of element.attributes) attribute.value = attribute.value.replaceAll("__row__", place);
    this.rows.append(row);
    this.rows.lastElementChild.querySelector("input, select, textarea")?.focus();
  }

  remove_(row) {
    if (this.rows.children.length === 1) {
      for (const field of row.querySelectorAll("input, select, textarea")) field.value = "";
      return;
    }
    row.remove();
    this.querySelector("[data-add]").focus();
  }
}
customElements.define("xz-rows", Rows);

// <xz-print><button type="button">…</button></xz-print>: hidden without scripts, where the browser's own menu prints.
class Print extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", () => print());
  }
}
customElements.define("xz-print", Print);
