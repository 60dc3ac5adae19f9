import type { Platform } from "../platform.ts";
import type { Policy } from "../policy.ts";
import { custom } from "./custom.ts";
import { linkedin } from "./linkedin.ts";
import { primary } from "./primary.ts";
import { twitch } from "./twitch.ts";
import { x } from "./x.ts";
import { youtube } from "./youtube.ts";

/** Every platform, in the order in which people see them. */
export const platforms: readonly Platform[] = [primary, youtube, twitch, linkedin, x, custom];

/** The platform that a stored or typed word means, or null for a word we do not know. */
export function platformOf(word: string): Platform | null {
  const wanted = word.toLowerCase();
  return platforms.find(({ id, aliases }) => id === wanted || aliases.includes(wanted)) ?? null;
}

/** The site's rules as they are for one destination: what nobody gave an end has one within its platform's own limit. */
export function policyFor({ platform }: { platform: string }, policy: Policy): Policy {
  const longest = platformOf(platform)?.limit.maxMinutes ?? Number.POSITIVE_INFINITY;
  return { ...policy, defaultLeaseMinutes: Math.min(policy.defaultLeaseMinutes, longest) };
}
