// @ts-check
// Asking the service. An answer counts only when it is the service's own JSON; anything else is "no connection to the service",
// which is the truth of it, whatever a wifi's sign-in page may say.

/** The service could not be reached, or something else answered in its place. */
export class NoService extends Error {}
/** The service said no. */
export class Refused extends Error {
  /** @param {number} status @param {{ code: string, message: string }} problem */
  constructor(status, problem) {
    super(problem.message);
    this.status = status;
    this.code = problem.code;
  }
}

/** `value` is null where there is nothing to say, or nothing new; `tag` is the mark of an answer. @param {string} path @param {RequestInit} [options] @returns {Promise<{ value: any, date: string | null, tag: string | null }>} */
export async function ask(path, options = {}) {
  const response = await reach(path, options);
  const [date, tag] = [response.headers.get("date"), response.headers.get("etag")];
  if (response.status === 204 || response.status === 304) return { value: null, date, tag };
  const value = await response.json().catch(() => null);
  if (value === null) throw new NoService("the answer is not the service's");
  if (response.ok) return { value, date, tag };
  if (!value.problem) throw new NoService("the answer is not the service's");
  throw new Refused(response.status, value.problem);
}

/** @param {string} path @param {RequestInit} options */
async function reach(path, options) {
  const headers = { Accept: "application/json", ...options.headers };
  try {
    return await fetch(`/tablet/api/${path}`, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(60_000), ...options, headers });
  } catch {
    throw new NoService("no connection");
  }
}

/** @param {string} path @param {unknown} body */
export const post = (path, body) => ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** Who is signed in: null when nobody is; throws NoService when it cannot be known. @returns {Promise<{ id: string, name: string, role: string } | null>} */
export async function whoami() {
  try {
    return (await ask("whoami")).value.account;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}
