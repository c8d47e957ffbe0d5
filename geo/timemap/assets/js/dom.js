/** Making elements. Text only ever becomes text: there is no way to markup from here. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [options] `class`, `text`, `on` (map of listeners); all else are attributes
 * @param {...(Node | string | null | undefined)} children
 * @returns {any}
 */
export function el(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}

/**
 * A drop-down list.
 * @param {string} label for screen readers, and as a tooltip
 * @param {[string, string][]} options value and text
 * @param {string} chosen
 * @param {(value: string) => void} change
 * @returns {HTMLSelectElement}
 */
export function choice(label, options, chosen, change) {
  const list = el("select", { "aria-label": label, title: label, on: { change: () => change(list.value) } });
  for (const [value, text] of options) list.append(el("option", { value, text, selected: value === chosen }));
  return list;
}

/**
 * A push button; `text` is one of our own signs.
 * @param {string} label
 * @param {string} text
 * @param {() => void} click
 * @returns {HTMLButtonElement}
 */
export function button(label, text, click) {
  return el("button", { type: "button", "aria-label": label, title: label, text, on: { click } });
}

/**
 * @param {number} n
 * @param {string} one
 * @param {string} [many]
 */
export function amount(n, one, many = `${one}s`) {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}
