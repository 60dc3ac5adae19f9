import { sendPress } from "./actions.js";
import { fetchState, follow, post } from "./api.js";
import { createComposer } from "./composer.js";
import { createConversation } from "./conversation.js";
import { listen, tick } from "./dom.js";
import { drawHome } from "./home.js";
import { icon } from "./icons.js";
import { createModals } from "./modals.js";
import { endPending } from "./pending.js";
import { drawPeople, personUrl } from "./people.js";
import { createViews, drawConnection, drawNames, notify, part } from "./shell.js";
import { createThread } from "./thread.js";
import { createClock } from "./time.js";
import { drawWorld } from "./world.js";

/**
 * @typedef {import("../console-api.ts").ConsoleState} ConsoleState
 * @typedef {import("./actions.js").Place} Place
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 */

const retryMs = 1000;
const suggestion = "/stream start twitch";
const clock = createClock();

/** @type {ConsoleState | null} */
let state = null;
let unfollow = () => {};
let visit = 0;

const me = () => state?.person.id ?? "";
const thread = createThread(
  {
    panel: part("thread"),
    scroller: part("thread-scroller"),
    list: part("thread-messages"),
    count: part("thread-count"),
    close: part("thread-close"),
  },
  inMessage,
);
const conversation = createConversation(
  {
    scroller: part("scroller"),
    list: part("messages"),
    pill: part("pill"),
    welcome: part("welcome"),
    announcer: part("announcer"),
  },
  { surface: inMessage, openThread: thread.open, days: true },
);
const modals = createModals(/** @type {HTMLDialogElement} */ (part("modal")), {
  person: me,
  surface: inView,
});
const composer = createComposer(
  {
    input: /** @type {HTMLInputElement} */ (part("message")),
    form: /** @type {HTMLFormElement} */ (part("composer")),
    list: part("offers"),
  },
  { channels: () => state?.world.channels ?? [], send: (text) => void command(text) },
);

/** @param {string} messageTs */
function inMessage(messageTs) {
  return surface({ messageTs });
}

/** @param {string} viewId */
function inView(viewId) {
  return surface({ viewId });
}

/** @param {Place} place @returns {Surface} */
function surface(place) {
  const named = state ? [...state.people, state.conversation] : [];
  /** @type {Surface} */
  const made = {
    names: new Map(named.map(({ id, name }) => [id, name])),
    tz: state?.person.tz ?? "UTC",
    now: clock.now,
    press: (press, node) =>
      void sendPress({ person: me(), place, surface: made, notify }, press, node),
  };
  return made;
}

/** @param {string} text */
async function command(text) {
  notify("");
  conversation.toBottom();
  await tell("/console/command", { person: me(), text });
}

/** @param {string} path @param {unknown} [body] @param {"POST" | "DELETE"} [method] */
async function tell(path, body, method) {
  const answer = await post(path, body, method);
  if (!answer.ok) notify(answer.error ?? "The local world refused this.");
}

/** @param {ConsoleState} next */
function draw(next) {
  if (said(next) !== said(state)) endPending();
  state = next;
  const jumped = clock.sync(next.now);
  drawNames(next);
  drawPeople(part("people"), next, become);
  conversation.update(next.messages);
  thread.update(next.messages);
  drawHome(part("home-body"), next, inView);
  drawWorld(part("world"), next, (...call) => void tell(...call));
  modals.update(next.modals);
  if (jumped) tick(next.now);
}

/** What the bot has said so far; a pressed button waits for this to change. @param {ConsoleState | null} at */
function said(at) {
  return JSON.stringify([at?.messages, at?.home, at?.modals]);
}

/** Looks at the world with one person's eyes, and goes on trying while the server is away. @param {string | null} wanted */
async function enter(wanted) {
  visit += 1;
  const mine = visit;
  unfollow();
  try {
    const first = await fetchState(wanted);
    if (mine !== visit) return;
    history.replaceState(null, "", personUrl(first.person.id));
    conversation.clear();
    thread.clear();
    drawConnection(true);
    draw(first);
    conversation.reveal(location.hash);
    unfollow = follow(first.person.id, { state: draw, connection: drawConnection });
  } catch {
    drawConnection(false);
    setTimeout(() => mine === visit && void enter(wanted), retryMs);
  }
}

/** @param {string} person */
function become(person) {
  const panel = part("people-panel");
  if (panel.matches(":popover-open")) panel.hidePopover();
  history.pushState(null, "", personUrl(person));
  void enter(person);
}

function wantedPerson() {
  return new URL(location.href).searchParams.get("person");
}

listen();
createViews((view) => view === "home" && void tell("/console/home", { person: me() }));
// Keyboards must reach what scrolls even when nothing in it can be focused.
for (const id of ["scroller", "thread-scroller", "home-body", "world"]) part(id).tabIndex = 0;
part("send").append(icon("send"));
part("thread-close").append(icon("close"));
part("try").addEventListener("click", () => composer.fill(suggestion));
window.addEventListener("popstate", () => void enter(wantedPerson()));
setInterval(() => tick(clock.now()), 1000);
void enter(wantedPerson());
