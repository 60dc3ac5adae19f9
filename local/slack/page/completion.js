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
  {
    word: "extend",
    usage: "<destination… | all> 30m | until 22:00",
    hint: "Move the end of what is on",
  },
  {
    word: "hold",
    usage: "<destination… | all> 90m | until 23:00 [reason]",
    hint: "Keep every automatic stop away",
  },
  { word: "release", usage: "<destination… | all>", hint: "End a hold" },
  { word: "status", usage: "[destination]", hint: "What is on air, since when, by whom" },
  { word: "cost", usage: "[today | week | month | 2026-11]", hint: "What was spent" },
  {
    word: "budget",
    usage: "[set 400 | off | hardcap on]",
    hint: "What is spent of the budget",
  },
  { word: "report", usage: "[day | week | month | 2026-11]", hint: "The usage report" },
  { word: "schedule", usage: "[add | skip | remove …]", hint: "Planned shows" },
  { word: "history", usage: "[destination]", hint: "Who did what, when" },
  { word: "sync", usage: "", hint: "Compare with AWS now" },
  {
    word: "ignore",
    usage: "<destination | channel id | flow> until 2026-12-22",
    hint: "Leave something out of the daily list of leaks",
  },
  { word: "plan", usage: "<any command>", hint: "What a command would do; nothing is done" },
  { word: "help", usage: "[command]", hint: "What you can type" },
];

/** What stands after a verb that names no destination. */
const fixedWords = new Map([
  ["cost", ["today", "week", "month"]],
  ["budget", ["set 400", "off", "hardcap on", "hardcap off"]],
  ["report", ["day", "week", "month", "daily off", "weekly off", "monthly off"]],
  ["schedule", ["add", "skip", "unskip", "remove"]],
]);

/** The verbs of which `plan` can say what they would do. */
const plannable = ["start", "stop", "extend", "hold", "release", "schedule"];

/** What ends a command about destinations. @type {Map<string, [string, string][]>} */
const endsOf = new Map([
  [
    "start",
    [
      ["for 2h", "ends by itself after two hours"],
      ["until 21:30", "ends by itself at that time"],
    ],
  ],
  [
    "extend",
    [
      ["30m", "half an hour more"],
      ["until 22:00", "goes off at that time"],
    ],
  ],
  [
    "hold",
    [
      ["90m", "for an hour and a half"],
      ["until 23:00", "until that time"],
    ],
  ],
  ["stop", []],
  ["release", []],
  ["status", []],
  ["history", []],
]);

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
    label: `/stream ${word} ${usage}`.trim(),
    hint,
  }));
}

/** @param {string[]} words @param {string} head @param {Channel[]} channels @returns {Offer[]} */
function argumentOffers([first = "", ...given], head, channels) {
  const verb = first.toLowerCase();
  const offer = (/** @type {string} */ word, hint = "") => ({
    insert: `${head}${word} `,
    label: word,
    hint,
  });
  if (verb === "plan" && given.length > 0) return argumentOffers(given, head, channels);
  if (endsOf.has(verb)) return destinationOffers(verb, given, { offer, channels });
  if (given.length > 0) return [];
  if (verb === "help") return verbs.map(({ word, hint }) => offer(word, hint));
  if (verb === "plan")
    return verbs
      .filter(({ word }) => plannable.includes(word))
      .map(({ word, hint }) => offer(word, hint));
  return (fixedWords.get(verb) ?? []).map((word) => offer(word));
}

/**
 * @param {string} verb
 * @param {string[]} given
 * @param {{offer: (word: string, hint?: string) => Offer, channels: Channel[]}} page
 */
function destinationOffers(verb, given, { offer, channels }) {
  const typed = new Set(given.map((word) => word.toLowerCase()));
  const endsHere = (/** @type {string} */ word) =>
    ["for", "until", "till"].includes(word) || /^\d+\s?[mh]/.test(word);
  if ([...typed].some(endsHere)) return [];
  const ends =
    given.length > 0 ? (endsOf.get(verb) ?? []).map(([word, hint]) => offer(word, hint)) : [];
  if (typed.has("all")) return ends;
  const places = (verb === "start" || verb === "status" ? channels : channels.toSorted(onFirst))
    .map((channel) => ({ channel, word: wordFor(channel, channels) }))
    .filter(({ word }) => !typed.has(word.toLowerCase()))
    .map(({ channel, word }) =>
      offer(
        word,
        `${channel.name === word ? "" : `${channel.name} · `}${channel.state.toLowerCase()}`,
      ),
    );
  const isOne = verb === "status" || verb === "history";
  const all = isOne || given.length > 0 ? [] : [offer("all", "every destination")];
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
