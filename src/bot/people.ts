import type { Actor } from "../domain/destination.ts";
import type { Role } from "../domain/role.ts";
import { OpsError } from "../errors.ts";
import type { Clock, Crew, Log } from "../manager/ports.ts";
import type { Slack, SlackUser } from "./slack.ts";
import { SlackFailure } from "./slack-failure.ts";

/** Who may do what, by Slack user id; everybody else of the workspace is a viewer. */
export type Roles = { operators: readonly string[]; admins: readonly string[] };

/** Who Slack says did something. */
export type Claimed = { userId: string; name: string; teamId: string | null };

export type Asker = Actor & { role: Role };

/** Who is asking. Throws `not-allowed` for programs, guests, people who have left, and people of other workspaces. */
export type People = { look(claimed: Claimed, teamId: string): Promise<Asker> };

type Needs = {
  slack: Pick<Slack, "user">;
  clock: Clock;
  log: Log;
  roles: Roles;
};
type Known = { user: SlackUser; at: number };

const knownForMs = 5 * 60_000;
/** A name is not worth more of the three seconds that Slack gives an answer. */
const patienceMs = 1_000;

/** Names are kept for five minutes; when Slack does not tell, the last known one or the payload's own is used. */
export function createPeople(needs: Needs): People & Crew {
  const { slack, clock, log, roles } = needs;
  const known = new Map<string, Known>();

  async function ask(userId: string): Promise<SlackUser | null> {
    try {
      const user = await slack.user(userId);
      known.set(userId, { user, at: clock.now().getTime() });
      return user;
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error;
      log.warn("person-unknown", { userId, reason: error.message });
      return null;
    }
  }

  async function find(userId: string): Promise<SlackUser | null> {
    const last = known.get(userId);
    if (last !== undefined && clock.now().getTime() - last.at < knownForMs) return last.user;
    const answered = new AbortController();
    const late = clock.sleep(patienceMs, answered.signal).then(() => null);
    const user = await Promise.race([ask(userId), late]);
    answered.abort();
    return user ?? last?.user ?? null;
  }

  return {
    async look({ userId, name, teamId }, ourTeamId) {
      const role = roleOf(userId, roles);
      const user = await find(userId);
      const reason = refusal(user, role, (user?.teamId ?? teamId ?? ourTeamId) !== ourTeamId);
      if (reason !== null) throw new OpsError("not-allowed", reason, { context: { userId } });
      return { id: userId, name: user?.name ?? name, role };
    },
    async standing(userId) {
      const user = await find(userId);
      return { role: roleOf(userId, roles), hasLeft: user?.isGone ?? null };
    },
  };
}

function roleOf(userId: string, { operators, admins }: Roles): Role {
  if (admins.includes(userId)) return "admin";
  return operators.includes(userId) ? "operator" : "viewer";
}

function refusal(user: SlackUser | null, role: Role, foreign: boolean): string | null {
  if (foreign) return "Only people of this workspace can use patchbay.";
  if (user?.isGone) return "This account has been deactivated.";
  if (user?.isBot) return "Only people can use patchbay, not programs.";
  return user?.isGuest && role === "viewer" ? "Guests cannot use patchbay." : null;
}
