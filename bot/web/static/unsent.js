// What was said and is not yet stored by the server: kept in this browser, sent in order, under one name each.

import { newId } from "./dom.js";
import { request } from "./wire.js";

const KEPT = "unsent:";
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

export class Unsent {
  // sees: {waiting(item), stored(item, line), failed(item, problem)}
  constructor(sees) {
    this.sees = sees;
    this.items = kept();
    this.busy = false;
    this.pause = FIRST_PAUSE_MS;
    for (const item of this.items) sees.waiting(item);
  }

  say(what) {
    const item = { id: newId(), at: Date.now(), ...what };
    this.items.push(item);
    keep(item);
    this.sees.waiting(item);
    this.go();
  }

  drop(item) {
    this.items = this.items.filter((other) => other.id !== item.id);
    forget(item);
  }

  // Another page of this browser has sent it.
  settle(id) {
    const item = this.items.find((other) => other.id === id);
    if (item) this.drop(item);
  }

  again() {
    this.pause = FIRST_PAUSE_MS;
    this.go();
  }

  async go() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    for (let item; (item = this.items.find((other) => !other.refused)); ) {
      try {
        const { line } = await deliver(item);
        this.drop(item);
        this.pause = FIRST_PAUSE_MS;
        this.sees.stored(item, line);
      } catch (problem) {
        item.refused = Boolean(problem.final);
        this.sees.failed(item, problem);
        if (!item.refused) {
          this.timer = setTimeout(() => this.go(), this.pause);
          this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
          break;
        }
      }
    }
    this.busy = false;
  }
}

async function deliver(item) {
  const { id, text, choice, label, picture } = item;
  if (picture && !item.photo) {
    const form = new FormData();
    form.append("photo", picture, "anh.jpg");
    item.photo = (await request("/api/upload", { form })).photo;
  }
  return request("/api/messages", { json: item.photo ? { id, photo: item.photo } : choice ? { id, choice, label } : { id, text } });
}

function kept() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(KEPT))
      .map((key) => JSON.parse(localStorage.getItem(key)))
      .sort((one, other) => one.at - other.at);
  } catch {
    return []; // a browser that keeps nothing
  }
}

function keep({ picture, ...item }) {
  if (picture) return; // lives as long as the page does
  try {
    localStorage.setItem(KEPT + item.id, JSON.stringify(item));
  } catch {
    return; // full or forbidden: the page still holds it
  }
}

function forget(item) {
  try {
    localStorage.removeItem(KEPT + item.id);
  } catch {
    return;
  }
}
