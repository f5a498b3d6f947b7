// The few things this page does to the document. Text gets in by textContent and nothing else, so a name is only ever shown.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with properties and children; children are nodes or texts. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (key === 'class') {
      node.className = value;
    } else if (key.startsWith('on')) {
      node.addEventListener(key.slice(2), value);
    } else if (key.includes('-') || key === 'role' || key === 'for' || key === 'list') {
      node.setAttribute(key, value);
    } else {
      node[key] = value;
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** One of the symbols in index.html. */
export function icon(name, className = 'icon') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', '#' + name);
  svg.append(use);
  return svg;
}

/** Text that is written only when it differs: reading is cheap, writing costs a layout. */
export function text(node, value) {
  if (node.lastText !== value) {
    node.lastText = value;
    node.textContent = value;
  }
}

/** A data attribute, likewise. */
export function mark(node, key, value) {
  const wanted = String(value);
  if (node.dataset[key] !== wanted) {
    node.dataset[key] = wanted;
  }
}

export function show(node, shown) {
  if (node.hidden === shown) {
    node.hidden = !shown;
  }
}

export const byId = (id) => document.getElementById(id);
