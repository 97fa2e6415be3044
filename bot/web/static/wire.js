// The way to the server: requests, and the stream of new lines.

import { T } from "./texts.js";

const PATIENCE_MS = 20_000;
const UPLOAD_PATIENCE_MS = 120_000;
const SILENCE_MS = 40_000; // the server beats every 15 s
const AGAIN_MS = 3_000;

export class Problem extends Error {
  constructor(sentence, status = 0) {
    super(sentence);
    this.status = status;
  }

  // Sending the same again would be refused again.
  get final() {
    return [400, 403, 404, 413, 415].includes(this.status);
  }
}

export async function request(path, { json, form } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), form ? UPLOAD_PATIENCE_MS : PATIENCE_MS);
  const options = { headers: { "X-Requested-With": "doanbot" }, signal: patience.signal };
  if (json) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(json);
  }
  if (form) options.body = form;
  if (json || form) options.method = "POST";
  let response, answer;
  try {
    response = await fetch(path, options);
    answer = await response.json();
  } catch {
    throw new Problem(T.unreachable, response?.ok === false ? response.status : 0);
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw new Problem(answer.error || T.unreachable, response.status);
  return answer;
}

// Lines as they come. Reopens by itself, also when the connection only seems to be alive.
export class Stream {
  constructor({ after, line, state }) {
    this.after = after;
    this.line = line;
    this.state = state;
  }

  open() {
    this.close();
    this.source = new EventSource(`/api/events?after=${this.after()}`);
    this.source.onopen = () => this.alive();
    this.source.onmessage = (event) => {
      this.alive();
      this.line(JSON.parse(event.data));
    };
    this.source.addEventListener("beat", () => this.alive());
    this.source.onerror = () => {
      this.state(false);
      this.expect(AGAIN_MS);
    };
    this.expect(SILENCE_MS);
  }

  alive() {
    this.state(true);
    this.expect(SILENCE_MS);
  }

  expect(within) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), within);
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  get isOpen() {
    return this.source !== undefined;
  }
}
