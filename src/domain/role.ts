/** What a person may do; each role may do what the ones before it may. */
export const roles = ["viewer", "operator", "admin"] as const;

export type Role = (typeof roles)[number];

/** True when somebody with this role may do what needs that one. */
export const mayDo = (role: Role, needed: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(needed);
