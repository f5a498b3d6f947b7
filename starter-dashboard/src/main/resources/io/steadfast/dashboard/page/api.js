// Requests to the application. Paths are relative to the page, whatever it is served under.

export class Refusal extends Error {
  constructor(status, reasons) {
    super(reasons.join('\n'));
    this.status = status;
    this.reasons = reasons;
  }
}

/** The address of a call. Its name is no part of the path: browsers and servers shorten `..`, and refuse some of what may be escaped. */
export function path(name) {
  return 'api/calls?name=' + encodeURIComponent(name);
}

export async function get(url, signal) {
  return read(await reach(url, { headers: { Accept: 'application/json' }, signal }));
}

export async function post(url, body) {
  // The header shows the server that a script of this page asks, and not a form of another site.
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json, application/problem+json', 'X-Steadfast': 'dashboard' };
  return read(await reach(url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function reach(url, request) {
  try {
    return await fetch(url, request);
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Refusal(0, ['The application cannot be reached.']);
  }
}

async function read(answer) {
  const json = /[/+]json/.test(answer.headers.get('Content-Type') ?? '');
  const body = json ? await answer.json() : null;
  if (answer.ok && json && !answer.redirected) {
    return body;
  }
  const why = body?.reasons?.length ? body.reasons : body?.detail ? [body.detail] : null;
  throw new Refusal(answer.status, why ?? [plainReason(answer)]);
}

function plainReason(answer) {
  if (answer.status === 401 || answer.redirected) {
    return 'You are signed out. Reload the page to sign in.';
  }
  if (answer.status === 403) {
    return 'You are not allowed to do this.';
  }
  return 'The application answered ' + answer.status + '.';
}
