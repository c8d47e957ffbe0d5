/** Light or dark, as Streamlit is, else as the system is. */

import { rgb } from "./colours.js";

/** @param {string} text a CSS colour */
function isDark(text) {
  const canvas = document.createElement("canvas").getContext("2d");
  if (!canvas || !text) return null;
  canvas.fillStyle = "#ffffff";
  canvas.fillStyle = text.trim();
  if (typeof canvas.fillStyle !== "string" || !canvas.fillStyle.startsWith("#")) return null;
  const [r, g, b] = rgb(canvas.fillStyle);
  return 0.3 * r + 0.59 * g + 0.11 * b < 128;
}

/** The look of one page. Listeners hear of every change. */
class Theme {
  constructor() {
    this.wish = "auto";
    this.dark = false;
    /** @type {((dark: boolean) => void)[]} */
    this.listeners = [];
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", () => this.update());
    // Streamlit sends its theme with every run; its component library has written it into the page by the next tick.
    addEventListener("message", (event) => {
      if (event.data?.type === "streamlit:render") setTimeout(() => this.update());
    });
    this.update();
  }

  /** @param {"auto" | "light" | "dark"} wish */
  set(wish) {
    this.wish = wish;
    this.update();
  }

  update() {
    const given = getComputedStyle(document.documentElement).getPropertyValue("--background-color");
    const auto = isDark(given) ?? matchMedia("(prefers-color-scheme: dark)").matches;
    const dark = this.wish === "auto" ? auto : this.wish === "dark";
    const changed = dark !== this.dark || !document.documentElement.dataset.tmTheme;
    this.dark = dark;
    document.documentElement.dataset.tmTheme = dark ? "dark" : "light";
    if (changed) for (const tell of this.listeners) tell(dark);
  }

  /**
   * Hear the theme now and whenever it changes.
   * @param {(dark: boolean) => void} tell
   */
  follow(tell) {
    this.listeners.push(tell);
    tell(this.dark);
  }
}

export const theme = new Theme();
