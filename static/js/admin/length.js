// Says below a text area how long its text is, and when it is longer than recommended.
// Screen readers hear it when typing pauses.
(() => {
  const PAUSE = 900;

  class LengthController extends window.StimulusModule.Controller {
    static values = { recommended: Number, within: String, beyond: String };

    connect() {
      this.output = document.createElement("p");
      this.output.className = "impact-length";
      this.output.id = `${this.element.id}-length`;
      this.spoken = document.createElement("span");
      this.spoken.className = "w-sr-only";
      this.spoken.setAttribute("aria-live", "polite");
      this.shown = document.createElement("span");
      this.output.append(this.shown);
      this.element.after(this.output, this.spoken);
      const described = this.element.getAttribute("aria-describedby");
      this.element.setAttribute("aria-describedby", [described, this.output.id].filter(Boolean).join(" "));
      this.listener = () => this.update();
      this.element.addEventListener("input", this.listener);
      this.update(false);
    }

    disconnect() {
      clearTimeout(this.timer);
      this.element.removeEventListener("input", this.listener);
      this.output.remove();
      this.spoken.remove();
    }

    update(speak = true) {
      const count = [...this.element.value.trim()].length;
      const beyond = count > this.recommendedValue;
      const text = (beyond ? this.beyondValue : this.withinValue)
        .replace("{count}", count)
        .replace("{recommended}", this.recommendedValue);
      this.shown.textContent = text;
      this.output.classList.toggle("impact-length--beyond", beyond);
      clearTimeout(this.timer);
      if (speak) {
        this.timer = setTimeout(() => {
          this.spoken.textContent = text;
        }, PAUSE);
      }
    }
  }

  window.wagtail.app.register("impact-length", LengthController);
})();
