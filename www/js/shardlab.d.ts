/** Shardlab: an Amazon Kinesis Data Streams that runs inside of your program. */

/** Milliseconds since 1970 (a fraction counts microseconds), a `Date`, or a text of ISO 8601. */
export type When = number | Date | string;

export interface Options {
  /** The seed of all chance: a whole number below 2^53, or a bigint below 2^64. Usually 1. */
  seed?: number | bigint;
  /** When the world begins. Usually 2026-11-20T00:00:00Z; it never looks at the real clock. */
  startTime?: When;
  /** Where it is, as ARNs and errors say it. Usually `us-east-1`. */
  region?: string;
  /** Whose it is: 12 digits. Usually `123456789012`. */
  accountId?: string;
  /** Shards that provisioned streams may have together, 1 to 1,000,000. Usually 20,000. */
  shardQuota?: number;
  /** How long every change of a stream takes, up to a day. Usually as long as each does on AWS. */
  transitionMillis?: number;
  /**
   * `"none"` lifts all limits of throughput and rate, for a fast fake. Sizes and quotas hold all the
   * same. Usually `"aws"`.
   */
  limits?: "aws" | "none";
  /**
   * Keeps every line and request, for `journal()` and `seek()`. A request in CBOR is kept as its
   * equal in JSON, and every request is the account root's; `seek()` ends the event streams that
   * are read. Usually false: then nothing but the world is kept, however many requests there are.
   */
  journal?: boolean;
  /**
   * Whether the lab has a console, for `enter()`, `addData()` and a journal. It is a file of its
   * own, half of the whole; requests, time and questions do without. Usually true.
   */
  console?: boolean;
  /** Where the engine is, if not in `shardlab.wasm` beside `shardlab.js`. The first lab loads it. */
  wasm?: URL | string | BufferSource | WebAssembly.Module;
  /** Where the console is, if not in `shardlab.console.wasm`: the first lab that has one loads it. */
  consoleWasm?: URL | string | BufferSource | WebAssembly.Module;
}

export interface RequestOptions {
  /** Usually `application/x-amz-json-1.1`; `application/x-amz-cbor-1.1` works too. */
  contentType?: string;
  /** An `Authorization` header, for the user of its access key. Signatures are not checked. */
  authorization?: string;
}

export interface Answer<Body> {
  status: number;
  /** By name in small letters. */
  headers: Record<string, string>;
  body: Body;
}

export interface Printed {
  stdout: string;
  stderr: string;
  /** Zero if all went well; else the exit status of the program that the line calls. */
  status: number;
  /** What may be wrong with the line, in a sentence. */
  hint?: string;
}

export interface Snapshot {
  now: number;
  accountId: string;
  region: string;
  streams: {
    name: string;
    arn: string;
    status: string;
    mode: "PROVISIONED" | "ON_DEMAND";
    created: number;
    retentionHours: number;
    shards: {
      id: string;
      isOpen: boolean;
      parent?: string;
      adjacentParent?: string;
      startingHashKey: string;
      endingHashKey: string;
      /** Records ever put. */
      put: number;
      /** Records that are retained. */
      records: number;
    }[];
    consumers: { name: string; arn: string; status: string }[];
  }[];
}

/** Something that has happened. What else it has depends on its type. */
export interface Happened {
  /** Milliseconds since 1970. */
  at: number;
  /** `RecordsAccepted`, `WritesThrottled`, `ShardOpened`, … */
  type: string;
  stream?: string;
  shard?: string;
  /** Who asked: a producer or consumer by name, or `person` for requests and lines. */
  actor?: string;
  [member: string]: string | number | undefined;
}

export interface HandlerOptions {
  /**
   * Lets the clock follow the client, so that nothing has to wait: a retry comes a second after the
   * attempt before it, a description of a stream or consumer waits until changes are done, and
   * reading a subscription jumps to what is due next. Usually false: you advance the clock.
   */
  autoAdvance?: boolean;
  /** Simulated milliseconds before each request arrives. Usually 0. */
  latencyMillis?: number;
}

/** For the `requestHandler` of a client of the AWS SDK. */
export interface RequestHandler {
  metadata: { handlerProtocol: string };
  handle(
    request: any,
    options?: { abortSignal?: any; requestTimeout?: number },
  ): Promise<{ response: any }>;
  updateHttpClientConfig(name: any, value: any): void;
  httpHandlerConfigs(): any;
  /** Closes the subscriptions that were opened through it. */
  destroy(): void;
}

/** A world of its own: streams, a clock, and a console. Every wrong argument is an `Error`. */
export class Shardlab {
  private constructor();
  /** A world in which nothing has happened yet. */
  static create(options?: Options): Promise<Shardlab>;

  /** The simulated date in milliseconds since 1970; microseconds are its fraction. */
  readonly now: number;
  /** When something will happen by itself; undefined if nothing ever will. */
  readonly nextDue: number | undefined;

  /** Sends a request, as `POST /` with this `X-Amz-Target`: text is answered by text. */
  request(target: string, body?: string, options?: RequestOptions): Answer<string>;
  request(target: string, body: BufferSource, options?: RequestOptions): Answer<Uint8Array>;

  /** Lets simulated time pass. */
  advance(millis: number): void;
  advanceTo(date: When): void;
  /** Lets time pass until no stream and no consumer is being created, changed or deleted. */
  settle(): void;

  /** Enters a line of the console, `aws kinesis …` or `lab …`, and waits as long as it asks to. */
  enter(line: string): Printed;
  /** Hands in CSV or NDJSON for `lab replay`; with `journal: true` before anything else. */
  addData(name: string, data: string | BufferSource): void;

  snapshot(): Snapshot;
  /** What has happened since the last call: the newest 10,000 of it. */
  events(): Happened[];
  /** One hash of the whole state: the same seed and lines give the same one everywhere. */
  digest(): string;

  /** The lines so far. Only with `journal: true`. */
  journal(): { at: number; line: string }[];
  /** Goes to another time, past or future. Only with `journal: true`. */
  seek(date: When): void;

  /** What the AWS SDK sends its requests through, in place of the network. */
  requestHandler(options?: HandlerOptions): RequestHandler;
  /** Gives the lab's memory back; it cannot be used any more. */
  free(): void;
}
