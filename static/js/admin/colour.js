// Says below a colour whether it can be read, while it is chosen; the server knows, and checks again when the
// form is saved. A colour that may be left empty is a text field: a picker is put beside it.
(() => {
  const PAUSE = 250;
  const FIELDS = ["accent", "highlight", "paper"];
  const COLOUR = /^#[0-9a-f]{6}$/i;

  class ColourController extends window.StimulusModule.Controller {
    static values = { url: String, use: String, passes: String, pick: String };

    connect() {
      this.field = FIELDS.find((name) => this.element.name.endsWith(name));
      this.output = document.createElement("div");
      this.output.className = "impact-colour";
      this.output.id = `${this.element.id}-contrast`;
      this.output.setAttribute("aria-live", "polite");
      this.element.after(this.output);
      const described = this.element.getAttribute("aria-describedby");
      this.element.setAttribute("aria-describedby", [described, this.output.id].filter(Boolean).join(" "));
      if (this.element.type !== "color") this.addPicker();
      this.listener = () => this.later();
      // All three are seen together: whichever changes, each asks again.
      this.element.form.addEventListener("input", this.listener);
      this.later();
    }

    disconnect() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.element.form?.removeEventListener("input", this.listener);
      this.output.remove();
      this.picker?.remove();
    }

    addPicker() {
      this.picker = document.createElement("input");
      this.picker.type = "color";
      this.picker.setAttribute("aria-label", this.pickValue);
      this.picker.addEventListener("input", (event) => {
        event.stopPropagation();
        this.put(this.picker.value);
      });
      this.element.after(this.picker);
      this.element.classList.add("impact-colour-text");
    }

    put(colour) {
      this.element.value = colour;
      this.element.dispatchEvent(new Event("input", { bubbles: true }));
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      const form = this.element.form;
      const chosen = FIELDS.map((name) => [name, form.querySelector(`[name$="${name}"]`)?.value.trim() ?? ""]);
      const query = new URLSearchParams(chosen).toString();
      if (this.picker && COLOUR.test(this.element.value)) this.picker.value = this.element.value;
      if (query === this.asked) return;
      this.asked = query;
      this.asking?.abort();
      this.asking = new AbortController();
      try {
        const answer = await fetch(`${this.urlValue}?${query}`, { signal: this.asking.signal });
        if (answer.ok) this.show((await answer.json())[this.field]);
      } catch (error) {
        if (error.name !== "AbortError") this.show();
      }
    }

    show(refusal) {
      const value = this.element.value.trim();
      this.output.classList.toggle("impact-colour--refused", Boolean(refusal));
      if (!refusal) {
        this.output.textContent = COLOUR.test(value) ? this.passesValue : "";
        return;
      }
      const text = document.createElement("p");
      text.textContent = refusal.message;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      const swatch = document.createElement("span");
      swatch.className = "impact-swatch";
      swatch.style.backgroundColor = refusal.suggestion;
      button.append(swatch, this.useValue.replace("{colour}", refusal.suggestion));
      button.addEventListener("click", () => {
        this.put(refusal.suggestion);
        this.element.focus();
      });
      this.output.replaceChildren(text, button);
    }
  }

  window.wagtail.app.register("impact-colour", ColourController);
})();
