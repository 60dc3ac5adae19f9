import { h } from "./dom.js";
import { icon } from "./icons.js";
import { morphChildren } from "./morph.js";
import { avatar } from "./people.js";

/** @typedef {import("../console-api.ts").ConsoleState} ConsoleState */

const noticeMs = 8000;

/** @type {{view: string, label: string, icon: Parameters<typeof icon>[0]}[]} */
const views = [
  { view: "conversation", label: "live", icon: "hash" },
  { view: "home", label: "Home", icon: "home" },
  { view: "world", label: "World", icon: "world" },
];

/** The element that the page's markup promises. @param {string} id */
export function part(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/** The way between conversation, Home and, on a phone, the world. @param {(view: string) => void} onShow */
export function createViews(onShow) {
  const draw = () => {
    const current = document.body.dataset.view;
    const buttons = views.map((item) =>
      h(
        "button",
        {
          type: "button",
          "data-view": item.view,
          "aria-current": item.view === current ? "page" : null,
          onclick: () => show(item.view),
        },
        icon(item.icon),
        item.label,
      ),
    );
    morphChildren(part("views"), buttons);
  };
  const show = (/** @type {string} */ view) => {
    document.body.dataset.view = view;
    draw();
    onShow(view);
  };
  draw();
}

/** The names on the page: conversation, bot and whose eyes it is seen with. @param {ConsoleState} state */
export function drawNames({ conversation, bot, person }) {
  const name = `#${conversation.name}`;
  document.title = `${name} · patchbay`;
  part("conversation-title").textContent = name;
  part("message").setAttribute("placeholder", `Message ${name}, or type / for commands`);
  const about = bot.connected ? `${bot.name} is connected` : `${bot.name} is away`;
  part("bot").dataset.mood = bot.connected ? "on" : "failed";
  morphChildren(part("bot"), [h("span", { class: "mark" }), h("span", {}, about)]);
  part("who").setAttribute("aria-label", `Acting as ${person.name}, ${person.role}. Change`);
  morphChildren(part("who"), [avatar(person), icon("chevron")]);
}

/** Says that the server is gone, as long as it is. @param {boolean} isConnected */
export function drawConnection(isConnected) {
  const line = part("lost");
  line.hidden = isConnected;
  line.textContent = isConnected ? "" : "Reconnecting to the local world…";
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let noticeTimer;

/** Shows a refusal above the message box for a while. @param {string} text */
export function notify(text) {
  const line = part("notice");
  clearTimeout(noticeTimer);
  line.textContent = text;
  line.hidden = text === "";
  if (text !== "") noticeTimer = setTimeout(() => notify(""), noticeMs);
}
