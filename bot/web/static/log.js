// The conversation as it is seen: days, lines, buttons, pictures, files, and what is still on its way.

import { $, el, icon, speaking } from "./dom.js";
import { T, dayLabel, sizeLabel } from "./texts.js";

const NEAR_PX = 120;
const TYPING_MS = 12_000;

export class Log {
  // acts: {press(choice), command(text), retry(), drop(item)}
  constructor(acts) {
    this.acts = acts;
    this.scroller = $("scroller");
    this.log = $("log");
    this.pending = $("pending");
    this.lines = new Map();
    this.waiting = new Map();
    this.last = 0;
    this.first = 0;
    this.missed = 0;
    this.scroller.addEventListener("scroll", () => this.more(), { passive: true });
    $("news").addEventListener("click", () => this.toEnd({ whole: true }));
  }

  // Lines of the server, in any order, each shown once.
  show(lines, { older = false } = {}) {
    const fresh = lines.filter((line) => !this.lines.has(line.id));
    if (!fresh.length) return;
    const following = this.follows();
    const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
    for (const line of fresh) this.place(line);
    this.markLive();
    $("welcome").hidden = true;
    if (older) this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
    else if (following) this.toEnd();
    else this.missed += fresh.filter((line) => !line.mine).length;
    this.more();
  }

  place(line) {
    const node = this.lineNode(line);
    this.lines.set(line.id, node);
    this.last = Math.max(this.last, line.id);
    this.first = Math.min(this.first || line.id, line.id);
    const day = this.day(line.at.slice(0, 10));
    const next = [...day.children].find((other) => +other.dataset.id > line.id);
    day.insertBefore(node, next ?? null);
    if (line.client) this.settle(line.client);
    if (!line.mine) this.typing(false);
  }

  day(iso) {
    const days = [...this.log.children];
    const found = days.find((day) => day.dataset.day === iso);
    if (found) return found;
    const label = dayLabel(iso);
    const day = el("section", { class: "day", "data-day": iso, "aria-label": label }, el("h2", {}, label));
    this.log.insertBefore(day, days.find((other) => other.dataset.day > iso) ?? null);
    return day;
  }

  lineNode({ id, mine, at, text, choices, file }) {
    const meta = el("p", { class: "meta" }, el("time", { datetime: at }, at.slice(11, 16)), mine ? icon("check") : "", mine ? el("span", {}, T.stored) : "");
    const body = el("div", { class: "bubble" }, el("span", { class: "sr" }, mine ? T.me : T.bot));
    if (file) body.append(this.fileNode(file));
    if (text) body.append(el("p", { class: "text" }, ...(mine ? [text] : speaking(text, this.acts.command))));
    if (file?.width) body.classList.add("pictured");
    const node = el("div", { class: `line ${mine ? "mine" : "bot"}`, "data-id": id }, body);
    if (choices.length) node.append(this.choicesNode(choices));
    node.append(meta);
    return node;
  }

  choicesNode(rows) {
    const row = (choices) =>
      el("div", { class: "row" }, ...choices.map((choice) => el("button", { type: "button", click: () => this.acts.press(choice) }, choice.label)));
    return el("div", { class: "choices" }, ...rows.map(row));
  }

  fileNode({ url, name, size, alt, width, height }) {
    if (!width) {
      const kind = T.kinds[name.split(".").pop().toLowerCase()] ?? T.file;
      const words = el("span", {}, el("strong", {}, name), el("small", {}, `${kind} · ${sizeLabel(size)}`));
      return el("a", { class: "file", href: url, download: name, "aria-label": `${T.download(name)}, ${kind}, ${sizeLabel(size)}` }, icon("file"), words);
    }
    const picture = el("img", { src: url, alt: alt || name, width, height, loading: "lazy", decoding: "async" });
    return el("button", { type: "button", class: "picture", "aria-label": T.zoom(alt), click: () => zoom(url, alt) }, picture);
  }

  // Something of one's own that the server has not stored yet.
  wait(item) {
    const text = item.label || item.text;
    const body = el("div", { class: "bubble" }, text ? el("p", { class: "text" }, text) : "");
    if (item.picture) {
      item.preview ??= URL.createObjectURL(item.picture);
      body.classList.add("pictured");
      body.append(el("span", { class: "picture" }, el("img", { src: item.preview, alt: T.myPhoto })));
    }
    const node = el("div", { class: "line mine unsent" }, body, el("p", { class: "meta" }, T.sending));
    this.waiting.set(item.id, node);
    this.pending.append(node);
    $("welcome").hidden = true;
    this.toEnd();
  }

  fail(item, problem) {
    const meta = this.waiting.get(item.id)?.querySelector(".meta");
    if (!meta) return;
    const mend = item.refused
      ? el("button", { type: "button", click: () => (this.settle(item.id), this.acts.drop(item)) }, T.drop)
      : el("button", { type: "button", click: () => this.acts.retry() }, T.retry);
    meta.replaceChildren(el("span", { class: "failed" }, `${T.failed}: ${problem.message}`), mend);
    meta.setAttribute("role", "status");
    this.toEnd();
  }

  settle(client) {
    this.waiting.get(client)?.remove();
    this.waiting.delete(client);
  }

  typing(shown) {
    clearTimeout(this.typingTimer);
    $("typing").hidden = !shown;
    if (!shown) return;
    this.typingTimer = setTimeout(() => this.typing(false), TYPING_MS);
    this.toEnd();
  }

  // Buttons of what the bot said last stand out, older ones step back; one time is shown for what came together.
  markLive() {
    const lines = [...this.log.querySelectorAll(".line")];
    const mine = lines.findLastIndex((line) => line.classList.contains("mine"));
    lines.forEach((line, at) => {
      line.classList.toggle("live", at > mine);
      line.classList.toggle("joined", at < lines.length - 1 && sameMoment(line, lines[at + 1]));
    });
  }

  follows() {
    return this.below() < NEAR_PX || Math.abs(this.scroller.scrollTop - this.target) < 4;
  }

  below() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
  }

  // To the end, but not past the beginning of a long answer to what was said last.
  toEnd({ whole = false } = {}) {
    const answer = whole ? null : this.log.querySelector(".mine ~ .live");
    const end = this.scroller.scrollHeight - this.scroller.clientHeight;
    this.target = Math.max(0, answer && !this.waiting.size ? Math.min(end, answer.offsetTop - 12) : end);
    this.scroller.scrollTop = this.target;
    this.more();
  }

  // The way down, while something lies below.
  more() {
    const near = this.below() < NEAR_PX;
    if (near) this.missed = 0;
    $("news").hidden = near;
    $("news-count").textContent = this.missed ? T.news(this.missed) : T.more;
  }
}

function sameMoment(line, next) {
  const moment = (node) => `${node.classList.contains("mine")} ${node.querySelector("time").dateTime.slice(0, 16)}`;
  return moment(line) === moment(next) && line.parentNode === next.parentNode;
}

function zoom(url, alt) {
  const dialog = $("zoom");
  const picture = $("zoom-picture");
  picture.src = url;
  picture.alt = alt || "";
  dialog.showModal();
}
