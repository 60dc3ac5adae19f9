/**
 * What the message box offers while somebody types a `/stream` command; knows no DOM.
 *
 * @typedef {{id: string, name: string, platform: string, state: string}} Channel
 * @typedef {{insert: string, label: string, hint: string}} Offer
 * @typedef {{offers: Offer[], active: number}} Completion
 */

const verbs = [
  {
    word: "start",
    usage: "<destination… | all> [for 2h | until 21:30]",
    hint: "Put destinations on air",
  },
  { word: "stop", usage: "<destination… | all>", hint: "Take destinations off air" },
  { word: "status", usage: "[destination]", hint: "What is on air, since when, by whom" },
  { word: "help", usage: "[command]", hint: "What you can type" },
];

const none = { offers: [], active: -1 };

/**
 * The offers for what is typed so far. `active` is the one that Enter takes; it is -1 when the line can be sent as it
 * stands, so that Enter sends it.
 *
 * @param {string} text
 * @param {Channel[]} channels
 * @returns {Completion}
 */
export function complete(text, channels) {
  if (!text.startsWith("/")) return none;
  const words = text.split(/\s+/);
  const partial = (words.pop() ?? "").toLowerCase();
  if (words.length === 0) return offerCommand(partial);
  if (words[0]?.toLowerCase() !== "/stream") return none;
  const head = `${words.join(" ")} `;
  const candidates =
    words.length === 1 ? verbOffers(head) : argumentOffers(words.slice(1), head, channels);
  return narrow(candidates, head, partial);
}

/** @param {string} partial @returns {Completion} */
function offerCommand(partial) {
  if (!"/stream".startsWith(partial)) return none;
  if (partial === "/stream") return { offers: verbOffers("/stream "), active: -1 };
  const hint = "Control panel: every destination with its buttons";
  const panel = { insert: "/stream", label: "/stream", hint };
  return { offers: [panel, ...verbOffers("/stream ")], active: 0 };
}

/** @param {string} head @returns {Offer[]} */
function verbOffers(head) {
  return verbs.map(({ word, usage, hint }) => ({
    insert: `${head}${word}${word === "help" ? "" : " "}`,
    label: `/stream ${word} ${usage}`,
    hint,
  }));
}

/** @param {string[]} words @param {string} head @param {Channel[]} channels @returns {Offer[]} */
function argumentOffers([first = "", ...given], head, channels) {
  const verb = first.toLowerCase();
  const typed = new Set(given.map((word) => word.toLowerCase()));
  const offer = (/** @type {string} */ word, /** @type {string} */ hint) => ({
    insert: `${head}${word} `,
    label: word,
    hint,
  });
  if (verb === "help")
    return given.length > 0 ? [] : verbs.map(({ word, hint }) => offer(word, hint));
  if (!["start", "stop", "status"].includes(verb) || typed.has("for") || typed.has("until"))
    return [];
  const ends =
    verb === "start" && given.length > 0
      ? [
          offer("for 2h", "ends by itself after two hours"),
          offer("until 21:30", "ends by itself at that time"),
        ]
      : [];
  if (typed.has("all")) return ends;
  const places = (verb === "stop" ? channels.toSorted(onFirst) : channels)
    .map((channel) => ({ channel, word: wordFor(channel, channels) }))
    .filter(({ word }) => !typed.has(word.toLowerCase()))
    .map(({ channel, word }) =>
      offer(
        word,
        `${channel.name === word ? "" : `${channel.name} · `}${channel.state.toLowerCase()}`,
      ),
    );
  const all = verb === "status" || given.length > 0 ? [] : [offer("all", "every destination")];
  return [...places, ...all, ...ends];
}

/** Who stops something looks for what is on. @param {Channel} left @param {Channel} right */
function onFirst(left, right) {
  return Number(left.state === "IDLE") - Number(right.state === "IDLE");
}

/** A destination is named by its platform when only one has it, otherwise by its name. @param {Channel} channel @param {Channel[]} channels */
function wordFor({ name, platform }, channels) {
  const isOnly = channels.filter((other) => other.platform === platform).length === 1;
  return isOnly ? platform : name;
}

/** Offers that go on with what is typed. @param {Offer[]} candidates @param {string} head @param {string} partial @returns {Completion} */
function narrow(candidates, head, partial) {
  const offers = candidates.filter(({ insert }) =>
    insert.slice(head.length).toLowerCase().startsWith(partial),
  );
  const isWhole = offers.some(
    ({ insert }) => insert.slice(head.length).trim().toLowerCase() === partial,
  );
  if (isWhole && offers.length === 1) return none;
  return { offers, active: partial === "" || isWhole ? -1 : 0 };
}
