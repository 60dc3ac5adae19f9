/** The site's rules that a person may set; times in minutes. */
export type Policy = {
  /** IANA zone of the site: clock times in commands are read in it. */
  zone: string;
  defaultLeaseMinutes: number;
  maxLeaseMinutes: number;
  /** MediaLive channels start within 3 min and may take 10 (user guide, starting-stopping-deleting-a-channel). */
  startDeadlineMinutes: number;
  stopDeadlineMinutes: number;
  /** How long the flow stays active after the last channel: a restart within it is quicker and costs no extra start. */
  keepWarmMinutes: number;
  /** How long after a lease's end AWS itself stops the channel, if patchbay has not. */
  deadlineMarginMinutes: number;
  /** How long before a lease's end the thread asks whether to go on, longest first. */
  promptMinutes: readonly number[];
  /** How long after the last call a channel without a source is stopped; the primary gets `primaryGraceMinutes` more. */
  graceMinutes: number;
  primaryGraceMinutes: number;
  /** The longest lease once 95 % of the budget is spent. */
  shrunkLeaseMinutes: number;
  /** What happens to a channel that somebody started outside patchbay. */
  strangers: "adopt" | "stop";
  /** How many MediaLive channels the account may have in the region; null where nobody has said. */
  channelQuota: number | null;
};

export const defaultPolicy: Policy = {
  zone: "UTC",
  defaultLeaseMinutes: 240,
  maxLeaseMinutes: 1440,
  startDeadlineMinutes: 10,
  stopDeadlineMinutes: 5,
  keepWarmMinutes: 10,
  deadlineMarginMinutes: 5,
  promptMinutes: [15, 5],
  graceMinutes: 10,
  primaryGraceMinutes: 5,
  shrunkLeaseMinutes: 60,
  strangers: "adopt",
  channelQuota: null,
};
