// Requests to the application. Paths are relative to the page, whatever it is served under.

export class Refusal extends Error {
  constructor(status, reasons) {
    super(reasons.join('\n'));
    this.status = status;
    this.reasons = reasons;
  }
}

/**
 * The address of a call. Servers refuse an escaped slash, so a name with slashes is sent in parts. Browsers and servers shorten `..`
 * in paths, however it is written, and would ask about another call.
 */
export function path(name) {
  const parts = name.split('/');
  if (parts.some((part) => part === '.' || part === '..')) {
    throw new Refusal(0, ['A browser cannot ask about this call, because its name reads like a path. The actuator endpoint lists it.']);
  }
  return 'api/calls/' + parts.map(encodeURIComponent).join('/');
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
