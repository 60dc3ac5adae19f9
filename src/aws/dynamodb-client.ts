import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type AwsClientOptions, commonConfig, repeated } from "./client-config.ts";

/** The client of the tables; it speaks plain values, and its `destroy` does nothing, which is why `close` is beside it. */
export type DynamoDb = { client: DynamoDBDocumentClient; close(): void };

export function openDynamoDb(options: AwsClientOptions): DynamoDb {
  const base = new DynamoDBClient({ ...commonConfig(options), ...repeated() });
  if (options.asking) hearTime(base, options.asking);
  return { client: documents(base), close: () => base.destroy() };
}

const dated = z.object({ headers: z.object({ date: z.string() }) });

/** Every answer of AWS has its time, also one that refuses a request because of the time that it was signed with. */
function hearTime(client: DynamoDBClient, asking: () => (said: Date) => void): void {
  client.middlewareStack.add(
    (next) => async (request) => {
      const hear = asking();
      const answer = await next(request);
      const { data } = dated.safeParse(answer.response);
      if (data) hear(new Date(data.headers.date));
      return answer;
    },
    { name: "hearTime", step: "deserialize", priority: "low" },
  );
}

/** Numbers that JavaScript cannot hold exactly are rounded: one odd attribute must not make a whole table unreadable. */
const documents = (client: DynamoDBClient) =>
  DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: Number },
  });
