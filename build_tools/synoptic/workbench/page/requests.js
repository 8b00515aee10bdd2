// Requests to the program that runs on this computer, each with the token of its address.

const KEY = "synoptic-workbench";

const given = location.hash.slice(1);
if (given) {
  localStorage.setItem(KEY, given);
  history.replaceState(null, "", location.pathname + location.search);
}

/** The program said no: `status`, and `body` as it was sent. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body.error || (body.problems || []).map((one) => one.message || one).join(" ") || `The workbench answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

async function ask(path, options = {}) {
  const headers = { "X-Synoptic-Token": localStorage.getItem(KEY) || "", ...options.headers };
  let answer;
  try {
    answer = await fetch(`/api/briefings${path}`, { ...options, headers });
  } catch {
    throw new Refusal(0, { error: "The workbench does not answer. Start it again in the terminal: synoptic edit" });
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, body);
  return body;
}

/** What a GET answers. `words` are path segments. */
export function get(words, query = {}) {
  const search = new URLSearchParams(query).toString();
  return ask(path(words) + (search && `?${search}`));
}

/** What a POST of JSON answers. */
export function post(words, body) {
  return ask(path(words), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

const path = (words) => words.map((word) => `/${encodeURIComponent(word)}`).join("");
