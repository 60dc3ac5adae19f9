/** The parts of Block Kit that the page draws, as Slack stores them (docs.slack.dev, Block Kit reference). */
export type TextObject = { type: string; text: string };

export type Confirm = {
  title?: TextObject;
  text?: TextObject;
  confirm?: TextObject;
  deny?: TextObject;
  style?: string;
};

export type Option = { text: TextObject; value?: string; description?: TextObject; url?: string };

export type BlockElement = {
  type: string;
  action_id?: string;
  text?: TextObject;
  value?: string;
  url?: string;
  style?: string;
  accessibility_label?: string;
  confirm?: Confirm;
  placeholder?: TextObject;
  options?: Option[];
  option_groups?: { label: TextObject; options: Option[] }[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_value?: string;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  image_url?: string;
  alt_text?: string;
};

export type RichNode = {
  type: string;
  elements?: RichNode[];
  style?: string | Partial<Record<"bold" | "italic" | "strike" | "code", boolean>>;
  text?: string;
  url?: string;
  user_id?: string;
  channel_id?: string;
  range?: string;
  name?: string;
  unicode?: string;
  timestamp?: number;
  format?: string;
  fallback?: string;
};

export type Cell = { type: string; text?: string; elements?: RichNode[] };

export type Point = { label: string; value: number };

export type Series = { name: string; data: Point[] };

export type PlottedChart = {
  type: "bar" | "line" | "area";
  series: Series[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
};

export type Chart = PlottedChart | { type: "pie"; segments: Point[] };

export type Block = {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: BlockElement;
  elements?: (BlockElement & TextObject & RichNode)[];
  element?: BlockElement;
  label?: TextObject;
  hint?: TextObject;
  optional?: boolean;
  /** Text on an image, a plain string on a chart. */
  title?: TextObject | string;
  chart?: Chart;
  image_url?: string;
  alt_text?: string;
  level?: string;
  rows?: Cell[][];
  column_settings?: ({ align?: string; is_wrapped?: boolean } | null)[];
};

/** One press of a control: what goes into a ConsoleAction beside the place. */
export type Press = {
  blockId: string;
  element: BlockElement;
  value?: string;
  selectedOption?: { text: string; value: string };
};

/** What drawing needs to know of the place where a block stands and of who looks at it. */
export type Surface = {
  names: ReadonlyMap<string, string>;
  tz: string;
  now: () => number;
  press: (press: Press, node: HTMLElement) => void;
};
