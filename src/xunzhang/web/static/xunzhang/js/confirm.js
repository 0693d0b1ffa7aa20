// <xz-confirm question="…" yes="…" no="…"><form>…</form></xz-confirm>
// Asks before the form inside is sent. Without scripts the form is sent at once, and the server still decides.
class Confirm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.ask(event), { capture: true });
  }

  ask(event) {
    if (this.agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target;
    const submitter = event.submitter;
    this.open().addEventListener("close", (closing) => {
      const yes = closing.target.returnValue === "yes";
      closing.target.remove();
      if (!yes) return submitter?.focus();
      this.agreed = true;
      form.requestSubmit(submitter);
      this.agreed = false;
    });
  }

  open() {
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.setAttribute("aria-label", this.getAttribute("question"));
    const question = document.createElement("p");
    question.textContent = this.getAttribute("question");
    const actions = document.createElement("form");
    actions.method = "dialog";
    actions.className = "actions";
    actions.append(this.button("no", "button"), this.button("yes", "button primary"));
    dialog.append(question, actions);
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  }

  button(name, className) {
    const button = document.createElement("button");
    button.value = name;
    button.className = className;
    button.textContent = this.getAttribute(name);
    return button;
  }
}
customElements.define("xz-confirm", Confirm);
