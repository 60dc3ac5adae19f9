/** What a person may do; each role may do what the ones before it may. */
export const roles = ["viewer", "operator", "admin"] as const;

export type Role = (typeof roles)[number];

/** How a person stands now: what they may do, and whether they have left Slack; null while Slack does not say. */
export type Standing = { role: Role; hasLeft: boolean | null };

/** True when somebody with this role may do what needs that one. */
export const mayDo = (role: Role, needed: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(needed);
