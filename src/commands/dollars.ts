import { OpsError } from "../errors.ts";
import { refuseSecrets } from "./words.ts";

const amount =
  /^(?:us)?\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?\s*(?:\$|usd|dollars?)?(?:\s*(?:a|per|\/)\s*month)?$/i;
const mostUsd = 1_000_000;

/** Dollars meant by `400`, `$1,200.50` or `400 dollars a month`; throws `invalid-input` for anything else. */
export function parseDollars(typed: string): number {
  refuseSecrets(typed);
  if (/[€£¥]|\b(?:eur|euros?|gbp|pounds?)\b/i.test(typed)) throw no("A budget is in US dollars.");
  const [, whole, cents = ""] = amount.exec(typed.trim()) ?? [];
  if (whole === undefined) throw no("I do not understand that sum.");
  const usd = Number(`${whole.replaceAll(",", "")}${cents}`);
  if (usd === 0) throw no("A budget must be more than nothing.");
  if (usd > mostUsd) throw no("A budget is a million dollars a month at most.");
  return usd;
}

const no = (message: string): OpsError =>
  new OpsError("invalid-input", message, {
    hint: "For example `/stream budget set 400`, or `/stream budget off` for none.",
  });
