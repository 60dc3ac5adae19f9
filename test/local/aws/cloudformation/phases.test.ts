import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateStackCommand,
  DeleteStackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { expect, test } from "vitest";
import { seedWorld } from "../../../../local/aws/seed.ts";
import { createWorld } from "../../../../local/world.ts";
import {
  aLocalAws,
  type LocalAwsHarness,
  refusalOf,
  testNow,
} from "../../../support/aws-harness.ts";
import { deploy, eventsOf, settled } from "./deploying.ts";

const StackName = "words";

/** Parameters by logical id and value; the last one depends on the others. */
function words(values: Record<string, string>, more = ""): string {
  const resources = Object.entries(values).map(
    ([id, value]) =>
      `  ${id}: { Type: AWS::SSM::Parameter, Properties: { Name: /words/${id}, Type: String, Value: "${value}" } }`,
  );
  return `Resources:\n${resources.join("\n")}\n${more}`;
}

const broken = `  Broken: { Type: AWS::SSM::Parameter, DependsOn: A, Properties: { Type: String, Value: v, Colour: red } }`;

async function wordAt({ clients }: LocalAwsHarness, id: string): Promise<string | null> {
  try {
    const answer = await clients.ssm.send(new GetParameterCommand({ Name: `/words/${id}` }));
    return answer.Parameter?.Value ?? null;
  } catch {
    return null;
  }
}

const create = (local: LocalAwsHarness, TemplateBody: string) =>
  deploy(local, { StackName, ChangeSetType: "CREATE", TemplateBody });

const update = (local: LocalAwsHarness, TemplateBody: string) =>
  deploy(local, { StackName, ChangeSetType: "UPDATE", TemplateBody });

test("tells each step of a creation, in the order of what depends on what", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const second = `  B: { Type: AWS::SSM::Parameter, Properties: { Name: /words/B, Type: String, Value: !Ref A } }`;
  await create(local, words({ A: "one" }, second));
  expect(await eventsOf(local, StackName)).toEqual([
    "words: REVIEW_IN_PROGRESS - User Initiated",
    "words: CREATE_IN_PROGRESS - User Initiated",
    "A: CREATE_IN_PROGRESS",
    "A: CREATE_IN_PROGRESS - Resource creation Initiated",
    "A: CREATE_COMPLETE",
    "B: CREATE_IN_PROGRESS",
    "B: CREATE_IN_PROGRESS - Resource creation Initiated",
    "B: CREATE_COMPLETE",
    "words: CREATE_COMPLETE",
  ]);
  expect(await wordAt(local, "B")).toBe("/words/A");
});

test("a creation that fails is taken back, and the stack can then only be deleted", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const stack = await create(local, words({ A: "one" }, broken));
  expect(stack?.StackStatus).toBe("ROLLBACK_COMPLETE");
  expect(await wordAt(local, "A")).toBeNull();
  const events = await eventsOf(local, StackName);
  expect(events).toContain("Broken: CREATE_FAILED - Encountered unsupported property Colour");
  expect(events).toContain(
    "words: ROLLBACK_IN_PROGRESS - The following resource(s) failed to create: [Broken]. ",
  );
  await expect(update(local, words({ A: "two" }))).rejects.toMatchObject({
    message: `Stack:${stack?.StackId} is in ROLLBACK_COMPLETE state and can not be updated.`,
  });
  await local.clients.cloudFormation.send(new DeleteStackCommand({ StackName }));
  expect((await settled(local, stack?.StackId ?? ""))?.StackStatus).toBe("DELETE_COMPLETE");
});

test("an update that fails goes back to what was, and leaves nothing of its own", async () => {
  await using local = await aLocalAws({ existingTables: false });
  await create(local, words({ A: "one", Gone: "still here" }));
  const stack = await update(local, words({ A: "two", New: "new" }, broken));
  expect(stack?.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect([await wordAt(local, "A"), await wordAt(local, "New")]).toEqual(["one", null]);
  expect(await wordAt(local, "Gone")).toBe("still here");
  const again = await update(local, words({ A: "three" }));
  expect(again?.StackStatus).toBe("UPDATE_COMPLETE");
  expect([await wordAt(local, "A"), await wordAt(local, "Gone")]).toEqual(["three", null]);
});

test("a resource with another name is made before the old one goes", async () => {
  await using local = await aLocalAws({ existingTables: false });
  await create(local, words({ A: "one" }));
  const renamed = words({ A: "one" }).replace("/words/A", "/words/Other");
  await update(local, renamed);
  expect([await wordAt(local, "Other"), await wordAt(local, "A")]).toEqual(["one", null]);
  const steps = (await eventsOf(local, StackName)).slice(-6);
  expect(steps).toEqual([
    "A: UPDATE_IN_PROGRESS - Requested update requires the creation of a new physical resource; hence creating one.",
    "A: UPDATE_COMPLETE",
    "words: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    "A: DELETE_IN_PROGRESS",
    "A: DELETE_COMPLETE",
    "words: UPDATE_COMPLETE",
  ]);
});

test("what is replaced goes before what it depended on and nothing wants any more", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const group = words({ Group: "one" });
  const member = (name: string) =>
    `  Member: { Type: AWS::SSM::Parameter, Properties: { Name: ${name}, Type: String, Value: v } }`;
  await create(local, `${group}${member('!Join ["", [!Ref Group, "/member"]]')}`);
  await update(local, words({}, member("/words/member")));
  const gone = (await eventsOf(local, StackName)).filter((each) =>
    each.endsWith("DELETE_COMPLETE"),
  );
  expect(gone).toEqual(["Member: DELETE_COMPLETE", "Group: DELETE_COMPLETE"]);
});

test("a name that is taken fails the resource in the words of its handler", async () => {
  await using local = await aLocalAws({ existingTables: false });
  await create(local, words({ A: "one" }));
  const { cloudFormation } = local.clients;
  const twice = { StackName: "twice", TemplateBody: words({ A: "two" }), DisableRollback: true };
  await cloudFormation.send(new CreateStackCommand(twice));
  expect((await settled(local, "twice"))?.StackStatus).toBe("CREATE_FAILED");
  const [event] = (await eventsOf(local, "twice")).filter((each) => each.includes("A: CREATE_F"));
  expect(event).toMatch(
    /Resource handler returned message: "Resource of type 'AWS::SSM::Parameter' with identifier '\/words\/A' already exists." \(RequestToken: \S+, HandlerErrorCode: AlreadyExists\)/,
  );
});

test("an update that changes nothing is refused", async () => {
  await using local = await aLocalAws({ existingTables: false });
  await create(local, words({ A: "one" }));
  const same = { StackName, TemplateBody: words({ A: "one" }) };
  const call = local.clients.cloudFormation.send(new UpdateStackCommand(same));
  expect(await refusalOf(call)).toMatchObject({ message: "No updates are to be performed." });
  await expect(update(local, words({ A: "one" }))).rejects.toThrow(
    "The submitted information didn't contain changes. Submit different information to create a change set.",
  );
});

test("what is to be retained outlives its stack", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const kept = words({ A: "one" }).replace("Type: AWS", "DeletionPolicy: Retain, Type: AWS");
  const stack = await create(local, kept);
  await local.clients.cloudFormation.send(new DeleteStackCommand({ StackName }));
  await settled(local, stack?.StackId ?? "");
  expect(await wordAt(local, "A")).toBe("one");
});

test("a stack goes on where the end of the world has cut it off", async () => {
  const home = await mkdtemp(join(tmpdir(), "patchbay-stacks-"));
  const world = createWorld(seedWorld(testNow), () => testNow);
  const input = `  Input: { Type: AWS::MediaLive::Input, Properties: { Name: slow, Type: MEDIACONNECT,
    RoleArn: "arn:aws:iam::000000000000:role/media", MediaConnectFlows: [{ FlowArn: "${world.data.flow?.arn}" }] } }`;
  const TemplateBody = words({ A: "one" }, input).replace(
    "Properties",
    "DependsOn: Input, Properties",
  );
  // An input that takes as long as this world lasts.
  const release = world.onChange(() => {
    const [made] = Object.values(world.data.inputs).filter(({ name }) => name === "slow");
    if (made?.state === "DETACHED") world.change(() => Object.assign(made, { state: "CREATING" }));
  });
  {
    await using first = await aLocalAws({ world, home, stepMs: 60_000, existingTables: false });
    const command = new CreateStackCommand({ StackName, TemplateBody });
    await first.clients.cloudFormation.send(command);
    await expect
      .poll(() => eventsOf(first, StackName))
      .toContain("Input: CREATE_IN_PROGRESS - Resource creation Initiated");
    expect(await wordAt(first, "A")).toBeNull();
  }
  release();
  {
    await using second = await aLocalAws({ world, home, existingTables: false });
    expect((await settled(second, StackName))?.StackStatus).toBe("CREATE_COMPLETE");
    expect(await wordAt(second, "A")).toBe("one");
  }
  await rm(home, { recursive: true });
});
