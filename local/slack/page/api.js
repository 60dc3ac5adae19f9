/**
 * The page's calls to its server (`../console-api.ts`).
 *
 * @typedef {import("../console-api.ts").ConsoleState} ConsoleState
 * @typedef {{ok: boolean, error?: string, errors?: Record<string, string>}} Answer
 */

const longestPauseMs = 3000;

/**
 * A failed call is an answer too, so that callers have one way to show it.
 *
 * @param {string} path
 * @param {unknown} [body]
 * @param {"POST" | "DELETE"} [method]
 * @returns {Promise<Answer>}
 */
export async function post(path, body = {}, method = "POST") {
  try {
    const response = await fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { ok: false, error: "The local world does not answer. Is `npm start` still running?" };
  }
}

/**
 * The state as one person sees it; without a name, or with one that is gone, as the server's first person.
 *
 * @param {string | null} person
 * @returns {Promise<ConsoleState>}
 */
export async function fetchState(person) {
  const response = await fetch(`/console/state${person ? query(person) : ""}`);
  if (response.ok) return response.json();
  if (person) return fetchState(null);
  throw new Error(`the console answered ${response.status}`);
}

/**
 * Follows the server's events for one person until `close`, connecting again after every break.
 *
 * @param {string} person
 * @param {{state: (state: ConsoleState) => void, connection: (connected: boolean) => void}} heard
 * @returns {() => void}
 */
export function follow(person, heard) {
  let pauseMs = 250;
  /** @type {EventSource | null} */
  let source = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const connect = () => {
    source = new EventSource(`/console/events${query(person)}`);
    source.addEventListener("open", () => {
      pauseMs = 250;
      heard.connection(true);
    });
    source.addEventListener("state", (event) => heard.state(JSON.parse(event.data)));
    // The browser's own retry gives up on some answers for good, so each break is a new connection.
    source.addEventListener("error", () => {
      source?.close();
      heard.connection(false);
      timer = setTimeout(connect, pauseMs);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** @param {string} person */
function query(person) {
  return `?person=${encodeURIComponent(person)}`;
}
