import type { types } from "@slack/bolt";

/** A chart, which the library's types do not know yet (docs.slack.dev, data visualization block). */
export type ChartBlock = types.Block & {
  type: "data_visualization";
  title: string;
  chart: {
    type: "bar" | "line" | "area";
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; y_label?: string };
  };
};

/** The blocks that patchbay uses: all surfaces of Slack show them, but tables and charts stand in messages only. */
export type Block =
  | types.HeaderBlock
  | types.SectionBlock
  | types.ContextBlock
  | types.ActionsBlock
  | types.DividerBlock
  | types.TableBlock
  | ChartBlock;

/** A Slack message: `text` says it all for notifications and screen readers, `blocks` say it with form. */
export type Message = {
  text: string;
  blocks: Block[];
  /** The same in words alone, for one with a table or a chart that Slack may refuse. */
  plain?: Message;
};

/** Slack's limits (docs.slack.dev, Block Kit reference); the size of a message is measured in bolt-js#2509. */
export const limits = {
  messageBlocks: 50,
  homeBlocks: 100,
  messageBytes: 12_000,
  homeBytes: 200_000,
  messageText: 3_000,
  header: 150,
  section: 3_000,
  contextText: 2_000,
  contextElements: 10,
  actions: 25,
  button: 75,
  buttonValue: 2_000,
  accessibilityLabel: 75,
  actionId: 255,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  tableRows: 100,
  tableColumns: 20,
  chartTitle: 50,
  chartLabel: 20,
  chartLabels: 20,
  chartSeries: 6,
} as const;

export const plainText = (text: string): types.PlainTextElement => ({
  type: "plain_text",
  text,
  emoji: false,
});

/** `verbatim` keeps Slack from turning names and addresses in the text into links and mentions. */
const mrkdwnText = (text: string): types.MrkdwnElement => ({
  type: "mrkdwn",
  text,
  verbatim: true,
});

export const header = (words: string): types.HeaderBlock => ({
  type: "header",
  text: plainText(words),
});

export const section = (mrkdwn: string, button?: types.Button): types.SectionBlock => ({
  type: "section",
  text: mrkdwnText(mrkdwn),
  ...(button && { accessory: button }),
});

export const context = (mrkdwn: string): types.ContextBlock => ({
  type: "context",
  elements: [mrkdwnText(mrkdwn)],
});

export const actions = (buttons: types.Button[]): types.ActionsBlock => ({
  type: "actions",
  elements: buttons,
});

export const divider = (): types.DividerBlock => ({ type: "divider" });
