import { startFeed } from "../../../local/media/feed.ts";
import { createMedia } from "../../../local/media/media.ts";
import { aLocalWorld, setState } from "../../support/local-world.ts";

// A world with real media in a process of its own, to be killed; its data folder is the argument. Says "sending" once a
// stream arrives.
const world = aLocalWorld("twitch");
const media = await createMedia({
  world,
  home: process.argv[2] ?? null,
  srtPort: 0,
  rtmpPort: 0,
  log: () => {},
});
startFeed(Number(new URL(media.srt ?? "").port), () => {});
setState(world, "twitch", "RUNNING");
const stopListening = world.onChange(() => {
  if (world.data.outputs.twitch?.status !== "sending") return;
  stopListening();
  process.stdout.write("sending\n");
});
