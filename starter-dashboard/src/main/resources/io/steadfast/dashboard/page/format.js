// Figures as people read them. Digits are grouped by a thin space and never by the reader's locale, so screenshots agree.

const group = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, '\u2009');

export function count(n) {
  if (n === null || n === undefined || Number.isNaN(n)) {
    return '–';
  }
  return n >= 100000 ? group(String(Math.round(n / 1000))) + '\u2009k' : group(String(Math.round(n)));
}

export function rate(n) {
  if (n === null || n === undefined) {
    return '–';
  }
  return n === 0 ? '0' : n < 0.1 ? '<0.1' : n < 100 ? n.toFixed(1) : count(n);
}

/** Milliseconds in three digits at most. */
export function millis(n) {
  if (n === null || n === undefined) {
    return '–';
  }
  if (n < 0.05) {
    return n > 0 ? '<0.1\u2009ms' : '0\u2009ms';
  }
  if (n >= 10000) {
    return (n / 1000).toFixed(n >= 100000 ? 0 : 1) + '\u2009s';
  }
  return (n < 10 ? n.toFixed(1) : group(String(Math.round(n)))) + '\u2009ms';
}

/** 100 % and 0 % only when it is so: one failure in a million is not none. */
export function percent(part, whole) {
  if (!whole) {
    return '–';
  }
  const share = (100 * part) / whole;
  if (part === whole) {
    return '100 %';
  }
  if (part === 0) {
    return '0 %';
  }
  return (share > 99.9 ? '>99.9' : share < 0.1 ? '<0.1' : share.toFixed(1)) + ' %';
}

/** A time span in its two largest units. */
export function span(milliseconds) {
  const s = Math.max(0, Math.round(milliseconds / 1000));
  if (s < 60) {
    return s + '\u2009s';
  }
  const two = (a, unit, b, smaller) => a + '\u2009' + unit + (b ? ' ' + b + '\u2009' + smaller : '');
  if (s < 3600) {
    return two(Math.floor(s / 60), 'min', s % 60, 's');
  }
  if (s < 86400) {
    return two(Math.floor(s / 3600), 'h', Math.floor((s % 3600) / 60), 'min');
  }
  return two(Math.floor(s / 86400), 'd', Math.floor((s % 86400) / 3600), 'h');
}

export function clock(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? String(instant) : date.toTimeString().slice(0, 8);
}

/** A name with the characters that are not seen, or turn the direction of others, written out: it cannot pose as another name. */
export function visible(name) {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (hidden) => '\u2039U+' + hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0') + '\u203a');
}

/** Any value out of a policy's state or settings. */
export function plain(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? group(String(value)) : String(Number(value.toPrecision(4)));
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map(plain).join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
