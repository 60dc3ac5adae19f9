import * as z from "zod";
import { memoForm } from "../memo-form.ts";

/** The names of the last periods that were looked at, by kind; "" for none. */
export type ReportMemory = { version: 1; day: string; week: string; month: string };

const name = z.string();

export const reportMemory = memoForm<ReportMemory>(
  z.object({ version: z.literal(1), day: name, week: name, month: name }),
  { version: 1, day: "", week: "", month: "" },
);
