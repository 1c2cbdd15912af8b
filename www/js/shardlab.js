/**
 * Shardlab: an Amazon Kinesis Data Streams that runs inside of your program.
 *
 *     const lab = await Shardlab.create({ seed: 7 });
 *     lab.request("Kinesis_20131202.CreateStream", '{"StreamName":"orders","ShardCount":2}');
 *     lab.advance(10_000);
 *
 * Works in browsers, in bundlers and in Node 20 and later. Everything that comes in is checked here,
 * before it reaches the engine; types and documentation of the whole are in shardlab.d.ts.
 */
import { bring } from "./shardlab.console.js";
import { Engine, __wbg_reset_state, initSync } from "./shardlab.glue.js";
import { RequestHandler } from "./shardlab.handler.js";

const JSON_MEDIA = "application/x-amz-json-1.1";
/** The last date that a lab can reach: the end of the year 9999. */
const LAST = 253_402_300_799_999;
const OPTIONS = [
  "seed", "startTime", "region", "accountId", "shardQuota", "transitionMillis", "limits", "journal",
  "console", "wasm", "consoleWasm",
];
/** Longer texts are handed over as bytes faster than letter by letter. */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** How often the engine was made anew, and of which of them the console is a part. */
let generation = 0;
let consoleOf;

/** The two files of the engine: promises of them, once somebody has asked. */
const files = {
  engine: { name: "shardlab.wasm", option: "wasm", beside: () => new URL("./shardlab.wasm", import.meta.url) },
  console: {
    name: "shardlab.console.wasm", option: "consoleWasm", or: ", or do without lines: { console: false }",
    beside: () => new URL("./shardlab.console.wasm", import.meta.url),
  },
};

async function start(wasm, consoleWasm, withConsole) {
  const [engine, lines] = await Promise.all([
    module("engine", wasm), withConsole ? module("console", consoleWasm) : undefined,
  ]);
  initSync({ module: engine });
  if (withConsole && consoleOf !== generation) {
    bring(lines);
    consoleOf = generation;
  }
}

/** The file of a part, compiled once; a failure is not kept. */
function module(part, from) {
  const file = files[part];
  file.loading ??= compile(from ?? file.beside()).catch((error) => {
    file.loading = undefined;
    const why = `Shardlab could not load its ${part}: ${error.message}. Serve ${file.name} beside shardlab.js as ` +
      `application/wasm, or pass its bytes: Shardlab.create({ ${file.option}: bytes })${file.or ?? ""}.`;
    throw new Error(why, { cause: error });
  });
  return file.loading;
}

async function compile(from) {
  if (from instanceof WebAssembly.Module) return from;
  if (from instanceof ArrayBuffer || ArrayBuffer.isView(from)) return WebAssembly.compile(from);
  if (String(from).startsWith("file:") && globalThis.process?.versions?.node) {
    // Bundlers for browsers must not look for this module, so they cannot see its name.
    const node = "node:fs/promises";
    const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ node);
    return WebAssembly.compile(await readFile(new URL(from)));
  }
  const response = await fetch(from);
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  const isWasm = response.headers.get("content-type")?.startsWith("application/wasm");
  return isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** A world of its own: streams, a clock, and the console. */
export class Shardlab {
  #engine;
  #generation = generation;
  #keeps;
  #hasConsole;
  #broken;
  /** Whoever waits for time to pass. */
  #waiting = new Set();

  constructor(key, engine, keeps, hasConsole) {
    if (key !== KEY) throw new TypeError("Create a lab with: await Shardlab.create()");
    this.#engine = engine;
    this.#keeps = keeps;
    this.#hasConsole = hasConsole;
  }

  static async create(options = {}) {
    const words = startWords(options);
    const keeps = flag("journal", options.journal);
    const hasConsole = flag("console", options.console ?? true);
    if (keeps && !hasConsole) throw new TypeError("Shardlab.create: a journal is made of lines: leave out console: false");
    await start(options.wasm, options.consoleWasm, hasConsole);
    const lab = new Shardlab(KEY, new Engine(keeps ? 1 : 0), keeps, hasConsole);
    // In a journal it is the first line.
    const printed = keeps ? lab.enter(`lab start ${words}`) : lab.#run((engine) => engine.start(words));
    if (printed.status !== 0) {
      lab.free();
      throw new RangeError(printed.stderr.replace(/^lab start: /, "Shardlab.create: ").trim());
    }
    return lab;
  }

  /** The simulated date, in milliseconds since 1970; microseconds are its fraction. */
  get now() {
    return this.#run((engine) => engine.now);
  }

  request(target, body = "", options = {}) {
    if (typeof target !== "string") {
      throw new TypeError('request: the target is text, such as "Kinesis_20131202.ListStreams"');
    }
    const { contentType = JSON_MEDIA, authorization = "" } = object("request: options", options);
    text("request: contentType", contentType);
    text("request: authorization", authorization);
    const bytes = bytesOf("request", body);
    const answer = this.#run((engine) => {
      const status = engine.request(target, contentType, authorization, bytes);
      const answered = typeof body === "string" ? engine.bodyText() : engine.body();
      return { status, headers: headersOf(engine.headers()), body: answered };
    });
    this.#wake();
    return answer;
  }

  /** A request whose answer may be a stream: then `stream` is its number. For request handlers. */
  requestStream(target, bytes, contentType, authorization) {
    const answer = this.#run((engine) => {
      const status = engine.request(target, contentType, authorization, bytes);
      const headers = headersOf(engine.headers());
      const body = engine.body();
      const stream = engine.openStream();
      return { status, headers, body: stream === undefined ? body : engine.frames(stream), stream };
    });
    this.#wake();
    return answer;
  }

  frames(stream) {
    return this.#run((engine) => engine.frames(stream));
  }

  hangUp(stream) {
    if (this.#broken) return;
    this.#run((engine) => engine.hangUp(stream));
    this.#wake();
  }

  /** When something will happen by itself; undefined if nothing ever will. */
  get nextDue() {
    return this.#run((engine) => engine.nextDue());
  }

  settle() {
    this.#run((engine) => engine.settle());
    this.#wake();
  }

  advance(millis) {
    if (typeof millis !== "number" || !(millis >= 0)) {
      throw new RangeError(`advance: ${show(millis)} is no time to pass: give milliseconds, 0 or more`);
    }
    this.advanceTo(this.now + millis);
  }

  advanceTo(date) {
    const millis = dateOf("advanceTo", date);
    const now = this.now;
    if (millis < now) {
      const hint = this.#keeps ? "seek() goes back" : "only a lab with { journal: true } goes back, with seek()";
      throw new RangeError(`advanceTo: ${iso(millis)} is before ${iso(now)}, and time runs forward; ${hint}`);
    }
    this.#run((engine) => engine.advanceTo(millis));
    this.#wake();
  }

  enter(line) {
    text("enter: the line", line);
    this.#mustHaveConsole("enter");
    const printed = this.#run((engine) => engine.enter(line));
    this.#wake();
    return printed;
  }

  addData(name, data) {
    text("addData: the name", name);
    this.#mustHaveConsole("addData");
    const content = typeof data === "string" ? data : decoder.decode(bytesOf("addData", data));
    this.#run((engine) => engine.addData(name, content));
  }

  snapshot() {
    return this.#run((engine) => engine.snapshot());
  }

  events() {
    return this.#run((engine) => engine.events());
  }

  digest() {
    return this.#run((engine) => engine.digest());
  }

  journal() {
    this.#mustKeep("journal");
    return this.#run((engine) => engine.journal());
  }

  seek(date) {
    this.#mustKeep("seek");
    const millis = dateOf("seek", date);
    this.#run((engine) => engine.seek(millis));
    this.#wake();
  }

  requestHandler(options = {}) {
    return new RequestHandler(this, object("requestHandler: options", options));
  }

  /** Gives the lab's memory back; it cannot be used any more. */
  free() {
    if (this.#broken) return;
    this.#broken = "This lab was freed: create another one with Shardlab.create().";
    if (this.#generation === generation) this.#engine.free();
    this.#wake();
  }

  /** A promise that is kept when time has passed or a request was made. */
  change() {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake() {
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }

  #mustKeep(method) {
    if (this.#keeps) return;
    throw new Error(`${method}: this lab keeps no journal; create it with Shardlab.create({ journal: true })`);
  }

  #mustHaveConsole(method) {
    if (this.#hasConsole) return;
    throw new Error(`${method}: this lab has no console; create it with Shardlab.create(), without { console: false }`);
  }

  /** Calls into the engine. After a bug in there nothing of it can be trusted any more. */
  #run(call) {
    if (this.#broken) throw new Error(this.#broken);
    if (this.#generation !== generation) {
      this.#broken = "A bug in another lab has taken this one along: create another one with Shardlab.create().";
      throw new Error(this.#broken);
    }
    try {
      return call(this.#engine);
    } catch (error) {
      const message = String(error?.message ?? error);
      const isBug = error instanceof WebAssembly.RuntimeError || error instanceof RangeError ||
        message.startsWith("panicked at") || message.startsWith("recursive use");
      if (!isBug) throw error instanceof Error ? error : new Error(message);
      // All labs share one memory: the next one gets a new one.
      generation += 1;
      renew();
      this.#broken = `Shardlab has met a bug of its own and this lab cannot be used any more (${message}). ` +
        "Create another one with Shardlab.create(), and please report what led here.";
      throw new Error(this.#broken, { cause: error });
    }
  }
}

/** Makes a new instance of the engine's module, with a memory of its own. */
function renew() {
  try {
    __wbg_reset_state();
  } catch (error) {
    // Its last step calls a start function, which this module does not have: all else is done.
    if (!String(error?.message).includes("__wbindgen_start")) throw error;
  }
}

/** Only create() makes labs. */
const KEY = Symbol("Shardlab.create");

/** The words after `lab start` that begin a world with these options. */
function startWords(options) {
  object("Shardlab.create: options", options);
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name)) {
      throw new TypeError(`Shardlab.create: there is no option ${name}; there are ${OPTIONS.join(", ")}`);
    }
  }
  const { seed, startTime, region, accountId, shardQuota, transitionMillis, limits } = options;
  const words = [];
  const add = (option, value) => words.push(`--${option}=${value}`);
  if (seed !== undefined) {
    const isWhole = typeof seed === "bigint" ? seed >= 0n && seed < 1n << 64n : Number.isSafeInteger(seed) && seed >= 0;
    if (!isWhole) throw new RangeError(`seed: ${show(seed)} is no seed: give a whole number from 0 to 2^53 - 1, or a BigInt below 2^64`);
    add("seed", seed);
  }
  if (startTime !== undefined) add("at", new Date(dateOf("startTime", startTime)).toISOString());
  if (region !== undefined) add("region", word("region", region));
  if (accountId !== undefined) add("account", word("accountId", accountId));
  if (shardQuota !== undefined) add("shard-quota", whole("shardQuota", shardQuota));
  if (transitionMillis !== undefined) add("transition", `${whole("transitionMillis", transitionMillis)}ms`);
  if (limits !== undefined) add("limits", word("limits", limits));
  return words.join(" ");
}

function object(what, value) {
  if (typeof value !== "object" || value === null) throw new TypeError(`${what} are an object, not ${show(value)}`);
  return value;
}

function flag(what, value = false) {
  if (typeof value !== "boolean") throw new TypeError(`${what}: ${show(value)} is neither true nor false`);
  return value;
}

function text(what, value) {
  if (typeof value !== "string") throw new TypeError(`${what} is text, not ${show(value)}`);
}

/** A text that stays one word of a line. */
function word(what, value) {
  if (typeof value === "string" && /^[A-Za-z0-9._-]+$/.test(value)) return value;
  throw new TypeError(`${what}: ${show(value)} is not one word of letters and digits`);
}

function whole(what, value) {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RangeError(`${what}: ${show(value)} is no whole number of 0 or more`);
}

/** A date as milliseconds since 1970: a number, a Date, or a text of ISO 8601. */
function dateOf(what, value) {
  const millis = typeof value === "string" ? Date.parse(value) : value instanceof Date ? value.getTime() : value;
  if (typeof millis === "number" && millis >= 0 && millis <= LAST) return millis;
  throw new RangeError(`${what}: ${show(value)} is no date from 1970 to 9999: give milliseconds since 1970, a Date, or text such as "2026-01-01T00:00:00Z"`);
}

function bytesOf(what, body) {
  if (typeof body === "string") return encoder.encode(body);
  try {
    if (body instanceof ArrayBuffer) return new Uint8Array(body);
    if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  } catch (error) {
    throw new TypeError(`${what}: the bytes were transferred elsewhere: give a copy of them`, { cause: error });
  }
  throw new TypeError(`${what}: a body is text or bytes, not ${show(body)}; for an object give JSON.stringify(it)`);
}

function headersOf(lines) {
  const headers = {};
  let from = 0;
  for (let end = lines.indexOf("\n"); end >= 0; end = lines.indexOf("\n", from)) {
    const colon = lines.indexOf(": ", from);
    headers[lines.slice(from, colon).toLowerCase()] = lines.slice(colon + 2, end);
    from = end + 1;
  }
  return headers;
}

const iso = (millis) => new Date(millis).toISOString();

function show(value) {
  try {
    return typeof value === "bigint" ? `${value}n` : JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}
