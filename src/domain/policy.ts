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
  /** What happens to a channel that somebody started outside patchbay. */
  strangers: "adopt" | "stop";
};

export const defaultPolicy: Policy = {
  zone: "UTC",
  defaultLeaseMinutes: 240,
  maxLeaseMinutes: 1440,
  startDeadlineMinutes: 10,
  stopDeadlineMinutes: 5,
  keepWarmMinutes: 10,
  strangers: "adopt",
};
