import type { Platform } from "../platform.ts";
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
