// What users got in each of the last sixty seconds, stacked. Colour is never alone: each kind has a pattern of its own.

import { OUTCOMES, SECONDS } from './model.js';

let inks = null;

/** Colours come from the style sheet, by way of the legend, so that they are written in one place. */
function palette() {
  if (!inks) {
    inks = OUTCOMES.map((outcome) => {
      const swatch = document.querySelector('.legend [data-outcome="' + outcome + '"]');
      return getComputedStyle(swatch).color;
    });
  }
  return inks;
}

addEventListener('themechange', () => { inks = null; });

const LEAST_TOP = 4; // calls a second; below it one call would look like a flood

/** The busiest second, which is the full height. */
export function peak(minute) {
  let top = 0;
  for (let at = 0; at < minute.rows.length; at += OUTCOMES.length) {
    let sum = 0;
    for (let i = 0; i < OUTCOMES.length; i++) {
      sum += minute.rows[at + i];
    }
    top = Math.max(top, sum);
  }
  return top;
}

export function draw(canvas, minute, now, top, size) {
  const ratio = Math.min(2, devicePixelRatio || 1);
  const width = Math.round(size.width * ratio);
  const height = Math.round(size.height * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, width, height);
  const colours = palette();
  const step = width / SECONDS;
  const gap = step >= 4 * ratio ? ratio : 0;
  const scale = (height - ratio) / Math.max(LEAST_TOP, top);
  const second = Math.floor(now / 1000);
  for (let column = 0; column < SECONDS; column++) {
    const of = second - SECONDS + 1 + column;
    if (of > minute.head || of <= minute.head - SECONDS) {
      continue;
    }
    const x = Math.round(column * step);
    const w = Math.max(1, Math.round((column + 1) * step) - x - gap);
    stack(context, minute, minute.at(of), { x, w, height, scale, ratio }, colours);
  }
}

function stack(context, minute, row, bar, colours) {
  let y = bar.height;
  for (let i = 0; i < OUTCOMES.length; i++) {
    const value = minute.rows[row + i];
    if (value > 0) {
      // One bad second among thousands of good calls must still be seen.
      const h = Math.max(i === 0 ? bar.ratio : 2 * bar.ratio, Math.round(value * bar.scale));
      y = Math.max(0, y - h);
      fill(context, OUTCOMES[i], colours[i], bar, y, h);
    }
  }
}

function fill(context, outcome, colour, { x, w, ratio }, y, h) {
  context.fillStyle = colour;
  if (outcome === 'timeout') { // stripes
    const stripe = Math.round(2 * ratio);
    for (let at = y; at < y + h; at += 2 * stripe - ratio) {
      context.fillRect(x, at, w, Math.min(stripe, y + h - at));
    }
  } else if (outcome === 'refused') { // hollow
    const line = Math.max(1, Math.round(ratio));
    context.globalAlpha = 0.35;
    context.fillRect(x, y, w, h);
    context.globalAlpha = 1;
    context.fillRect(x, y, w, line);
    context.fillRect(x, y, line, h);
    context.fillRect(x + w - line, y, line, h);
    context.fillRect(x, y + h - line, w, line);
  } else if (outcome === 'fallback') { // halves
    context.globalAlpha = 0.4;
    context.fillRect(x, y, w, h);
    context.globalAlpha = 1;
    context.fillRect(x, y, Math.max(1, w >> 1), h);
  } else {
    context.fillRect(x, y, w, h);
  }
}
