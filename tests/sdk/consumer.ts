/** A program that uses every part of the package, as strict a compiler as there is must take it. */
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { Shardlab } from "../../dist/shardlab.js";
import type { Answer, Happened, Options, Printed, Snapshot } from "../../dist/shardlab.js";

const options: Options = {
  seed: 7n, startTime: new Date(0), region: "us-east-1", accountId: "123456789012", shardQuota: 500,
  transitionMillis: 300, limits: "aws", journal: true, console: true, wasm: new Uint8Array(),
  consoleWasm: "./shardlab.console.wasm",
};

export async function consumer(): Promise<string> {
  const lab: Shardlab = await Shardlab.create(options);
  const text: Answer<string> = lab.request("Kinesis_20131202.ListStreams", "{}");
  const bytes: Answer<Uint8Array> = lab.request("Kinesis_20131202.ListStreams", new Uint8Array(), {
    contentType: "application/x-amz-cbor-1.1", authorization: "",
  });
  lab.advance(1_000);
  lab.advanceTo("2026-01-01T00:00:00Z");
  lab.settle();
  lab.addData("rows", "time,key\n");
  const printed: Printed = lab.enter("lab status");
  const snapshot: Snapshot = lab.snapshot();
  const events: Happened[] = lab.events();
  const lines: { at: number; line: string }[] = lab.journal();
  lab.seek(lab.now);
  const due: number | undefined = lab.nextDue;
  const client = new KinesisClient({
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    requestHandler: lab.requestHandler({ autoAdvance: true, latencyMillis: 5 }),
  });
  const { StreamNames } = await client.send(new ListStreamsCommand({}));
  client.destroy();
  const status: number = printed.status + text.status + bytes.status + (due ?? 0);
  const digest: string = lab.digest();
  lab.free();
  // @ts-expect-error an option that there is not
  void Shardlab.create({ sead: 1 });
  // @ts-expect-error a lab is made by create() alone
  void new Shardlab();
  // @ts-expect-error a body is text or bytes
  lab.request("Kinesis_20131202.ListStreams", { Limit: 1 });
  return `${status} ${digest} ${StreamNames?.length} ${snapshot.streams[0]?.shards[0]?.parent} ${events[0]?.type} ${lines[0]?.line}`;
}
