/** Making elements. Text only ever becomes text: there is no way to markup from here. */

/**
 * What an element is made with; all but these three are attributes. True is an attribute without a value, false and
 * nothing are none.
 * @typedef {object} Own
 * @property {string} [class]
 * @property {string | null} [text]
 * @property {Record<string, (event: any) => void>} [on] listeners; each knows what event it hears
 */
/** @typedef {Own & {[attribute: string]: unknown}} Made */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Made} [made]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, made = {}, ...children) {
  const { class: name, text, on = {}, ...attributes } = made;
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    node.setAttribute(attribute, value === true ? "" : String(value));
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
  /** @type {HTMLSelectElement} */
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
