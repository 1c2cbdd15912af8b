/**
 * What the AWS SDK for JavaScript sends its requests through, in place of the network.
 *
 *     new KinesisClient({ requestHandler: lab.requestHandler(), region: "us-east-1", credentials });
 */

/** Between an attempt of the SDK's and its next one, with `autoAdvance`. */
const RETRY_MILLIS = 1_000;
const OPTIONS = ["autoAdvance", "latencyMillis"];

export class RequestHandler {
  metadata = { handlerProtocol: "http/1.1" };
  #lab;
  #autoAdvance;
  #latency;
  #config = {};
  /** Event streams that are open. */
  #streams = new Set();

  constructor(lab, options) {
    for (const name of Object.keys(options)) {
      if (!OPTIONS.includes(name)) {
        throw new TypeError(`requestHandler: there is no option ${name}; there are ${OPTIONS.join(", ")}`);
      }
    }
    const { autoAdvance = false, latencyMillis = 0 } = options;
    if (typeof autoAdvance !== "boolean") {
      throw new TypeError("requestHandler: autoAdvance is true or false");
    }
    if (!Number.isFinite(latencyMillis) || latencyMillis < 0) {
      throw new RangeError("requestHandler: latencyMillis is a number of milliseconds, 0 or more");
    }
    this.#lab = lab;
    this.#autoAdvance = autoAdvance;
    this.#latency = latencyMillis;
  }

  async handle(request, { abortSignal } = {}) {
    if (abortSignal?.aborted) throw aborted();
    const headers = {};
    for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
    const target = headers["x-amz-target"] ?? "";
    const bytes = await bytesOf(request.body);
    if (abortSignal?.aborted) throw aborted();
    this.#letTimePass(target, headers);
    const answer = this.#lab.requestStream(
      target, bytes, headers["content-type"] ?? "", headers.authorization ?? "",
    );
    const { status: statusCode, stream } = answer;
    if (stream === undefined) return { response: { statusCode, headers: answer.headers, body: answer.body } };
    this.#streams.add(stream);
    abortSignal?.addEventListener?.("abort", () => this.#hangUp(stream), { once: true });
    const body = this.#events(stream, answer.body, abortSignal);
    return { response: { statusCode, headers: answer.headers, body } };
  }

  updateHttpClientConfig(name, value) {
    this.#config[name] = value;
  }

  httpHandlerConfigs() {
    return { ...this.#config };
  }

  /** Closes the event streams, as closing a client's connections does. */
  destroy() {
    for (const stream of [...this.#streams]) this.#hangUp(stream);
  }

  #hangUp(stream) {
    if (this.#streams.delete(stream)) this.#lab.hangUp(stream);
  }

  /** What passes on the clock before a request arrives. */
  #letTimePass(target, headers) {
    if (this.#latency > 0) this.#lab.advance(this.#latency);
    if (!this.#autoAdvance) return;
    const attempt = /attempt=(\d+)/.exec(headers["amz-sdk-request"] ?? "")?.[1];
    if (Number(attempt) > 1) this.#lab.advance(RETRY_MILLIS);
    // Waiters ask for descriptions until a change is done.
    if (/\.Describe(Stream|StreamSummary|StreamConsumer)$/.test(target)) this.#lab.settle();
  }

  /** The frames of a subscription, as time passes. */
  async *#events(stream, first, abortSignal) {
    const lab = this.#lab;
    try {
      yield first;
      for (;;) {
        if (abortSignal?.aborted) throw aborted();
        const frames = lab.frames(stream);
        if (frames === undefined) return;
        if (frames.length > 0) {
          yield frames;
          continue;
        }
        const changed = lab.change();
        if (this.#autoAdvance) {
          // Whatever else is ready comes first; then the clock jumps to what is due next.
          const idle = Symbol("idle");
          const moved = await Promise.race([changed, turn(idle)]);
          if (moved === idle && lab.nextDue !== undefined) lab.advanceTo(lab.nextDue);
        } else {
          await changed;
        }
      }
    } finally {
      this.#hangUp(stream);
    }
  }
}

/** Kept after everything that is ready by now has had its turn. */
function turn(value) {
  return new Promise((resolve) => setTimeout(resolve, 0, value));
}

function aborted() {
  const error = new Error("Request aborted");
  error.name = "AbortError";
  return error;
}

async function bytesOf(body) {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer ?? body, body.byteOffset ?? 0, body.byteLength);
  }
  return new Uint8Array(await new Response(body).arrayBuffer());
}
