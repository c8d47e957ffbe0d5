/** Few symbols, drawn finely: discs with numbers, rings of mixed colours, and what is uncertain shown as uncertain. */

import { inkOn } from "./colours.js";

const TURN = 2 * Math.PI;

/**
 * @typedef {object} Symbol
 * @property {number} x
 * @property {number} y
 * @property {number} radius
 * @property {number} count
 * @property {number} alpha
 * @property {boolean} possible no event here is certain to lie in the window
 * @property {boolean} vague the place itself is only roughly known
 * @property {number[]} mix events of each colour
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Symbol} s
 * @param {string[]} colours
 * @param {{paper: string, ink: string}} theme
 */
export function drawSymbol(context, s, colours, theme) {
  const present = s.mix.map((n, c) => ({ n, c })).filter((part) => part.n > 0);
  context.globalAlpha = s.alpha;
  context.setLineDash(s.possible ? [3, 3] : []);
  // A halo parts symbols from each other and from the ground.
  context.beginPath();
  context.arc(s.x, s.y, s.radius + 1.2, 0, TURN);
  context.fillStyle = theme.paper;
  context.fill();
  if (present.length === 1) drawDisc(context, s, colours[present[0].c]);
  else drawMix(context, s, present, colours);
  if (s.count > 1) drawNumber(context, s, present.length === 1 && !pale(s) ? inkOn(colours[present[0].c]) : theme.ink, theme, present.length > 1 || pale(s));
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** @param {Symbol} s */
function pale(s) {
  return s.vague || s.possible;
}

/** @param {CanvasRenderingContext2D} context @param {Symbol} s @param {string} colour */
function drawDisc(context, s, colour) {
  context.beginPath();
  context.arc(s.x, s.y, s.radius, 0, TURN);
  context.fillStyle = colour;
  const alpha = context.globalAlpha;
  if (pale(s)) context.globalAlpha = alpha * 0.3;
  context.fill();
  context.globalAlpha = alpha;
  context.lineWidth = pale(s) ? 1.8 : 1;
  context.strokeStyle = colour;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Symbol} s
 * @param {{n: number, c: number}[]} present
 * @param {string[]} colours
 */
function drawMix(context, s, present, colours) {
  const thick = Math.max(3, s.radius * 0.34);
  context.lineWidth = thick;
  let from = -TURN / 4;
  for (const part of present) {
    const to = from + (TURN * part.n) / s.count;
    context.beginPath();
    context.arc(s.x, s.y, s.radius - thick / 2, from, to);
    context.strokeStyle = colours[part.c];
    context.stroke();
    from = to;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Symbol} s
 * @param {string} ink
 * @param {{paper: string}} theme
 * @param {boolean} halo
 */
function drawNumber(context, s, ink, theme, halo) {
  const text = s.count < 1000 ? String(s.count) : `${Math.round(s.count / 100) / 10}k`;
  context.globalAlpha = Math.max(0.85, context.globalAlpha);
  context.setLineDash([]);
  context.font = `600 ${Math.max(9, Math.min(14, s.radius * 0.95))}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  if (halo) {
    context.lineWidth = 2.5;
    context.strokeStyle = theme.paper;
    context.strokeText(text, s.x, s.y + 0.5);
  }
  context.fillStyle = ink;
  context.fillText(text, s.x, s.y + 0.5);
}

/**
 * A line or an area, drawn as such: never a pin.
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {{area: boolean, colour: string, alpha: number, possible: boolean}} look
 */
export function drawShape(context, path, look) {
  context.strokeStyle = look.colour;
  if (look.area) {
    // An area says "somewhere in here": it must not weigh more than the events that are known better.
    context.globalAlpha = look.alpha * 0.3;
    context.fillStyle = hatch(context, look.colour);
    context.fill(path, "evenodd");
  }
  context.globalAlpha = look.alpha * (look.area ? 0.55 : 0.8);
  context.lineWidth = look.area ? 1.1 : 3;
  context.lineCap = "round";
  context.setLineDash(look.possible ? [3, 6] : look.area ? [6, 4] : []);
  context.stroke(path);
  context.lineCap = "butt";
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** @type {Map<string, CanvasPattern>} */
const hatches = new Map();

/**
 * Thin slanted lines, far apart.
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 */
function hatch(context, colour) {
  let pattern = hatches.get(colour);
  if (pattern) return pattern;
  const tile = document.createElement("canvas");
  tile.width = tile.height = 9;
  const lines = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  lines.strokeStyle = colour;
  lines.lineWidth = 0.8;
  // Ends beyond the tile, so that one tile's lines go on in the next.
  for (const shift of [-9, 0, 9]) {
    lines.moveTo(shift - 2, 11);
    lines.lineTo(shift + 11, -2);
  }
  lines.stroke();
  pattern = /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
  hatches.set(colour, pattern);
  return pattern;
}
