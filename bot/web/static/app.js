// The chat page: begins with what the server knows, then follows it.

import { composer } from "./composer.js";
import { demoBar, landing } from "./demo.js";
import { $ } from "./dom.js";
import { Log } from "./log.js";
import { T } from "./texts.js";
import { Unsent } from "./unsent.js";
import { Stream, request } from "./wire.js";

const CATCH_UP_MS = [2_000, 5_000, 12_000];
const AGAIN_MS = 3_000;
const title = document.title;
let answers = 0;

const code = takeCode();
begin();

async function begin() {
  try {
    const state = await request("/api/hello");
    banner("");
    if (state.demo && !state.demo.me) landing(state.demo);
    else chat(state);
  } catch {
    banner(navigator.onLine ? T.noServer : T.offline);
    setTimeout(begin, AGAIN_MS);
  }
}

function chat(state) {
  $("chat").hidden = false;
  if (state.demo) demoBar(state.demo);
  const log = new Log({
    press: (choice) => unsent.say({ choice: choice.key, label: choice.label }),
    command: (text) => unsent.say({ text }),
    retry: () => unsent.again(),
    drop: (item) => unsent.drop(item),
  });
  const arrive = (lines, how) => {
    for (const line of lines) if (line.client) unsent.settle(line.client);
    answers += lines.filter((line) => !line.mine).length;
    log.show(lines, how);
  };
  const stream = new Stream({
    after: () => log.last,
    line: (line) => {
      arrive([line]);
      if (document.hidden && !line.mine) document.title = `● ${title}`;
    },
    state: (up) => banner(up ? "" : navigator.onLine ? T.noServer : T.offline),
  });
  const catchUp = async () => {
    const { lines } = await request(`/api/messages?after=${log.last}`);
    arrive(lines);
  };
  const unsent = new Unsent({
    waiting: (item) => log.wait(item),
    failed: (item, problem) => log.fail(item, problem),
    stored: (item, line) => {
      const before = answers;
      arrive([line]);
      log.settle(item.id);
      log.typing(log.last === line.id); // unless the answer was faster
      if (!stream.isOpen) stream.open();
      // Some networks hold an event stream back: look for the answer as well.
      for (const pause of CATCH_UP_MS) setTimeout(() => before === answers && catchUp().catch(() => {}), pause);
    },
  });

  arrive(state.lines);
  welcome(unsent, state);
  older(log, state.older);
  log.toEnd({ whole: true });
  if (state.session) stream.open();
  unsent.again();
  composer((what) => unsent.say(what));
  $("menu").addEventListener("click", () => unsent.say({ choice: "/menu", label: T.menu }));
  $("zoom").addEventListener("click", () => $("zoom").close());
  addEventListener("online", () => unsent.again());
  addEventListener("offline", () => banner(T.offline)); // until the stream proves otherwise: a demo needs no network
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => event.persisted && log.last && stream.open());
  addEventListener("resize", () => log.follows() && log.toEnd());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = title;
    if (log.last) catchUp().catch(() => {});
  });
}

function welcome(unsent, state) {
  $("code").value = code;
  $("welcome").hidden = Boolean(state.lines.length || state.demo) && !code;
  $("welcome").classList.toggle("has-code", Boolean(code));
  $("invite").addEventListener("submit", (event) => {
    event.preventDefault();
    const given = $("code").value.trim().replace(/^\/start\s+/, "");
    if (!given) return $("code").focus();
    history.replaceState(null, "", location.pathname);
    unsent.say({ choice: `/start ${given}`, label: T.begin });
  });
}

function older(log, more) {
  const button = $("older");
  button.hidden = !more;
  button.addEventListener("click", async () => {
    try {
      const answer = await request(`/api/messages?before=${log.first}`);
      button.hidden = !answer.older;
      log.show(answer.lines, { older: true });
    } catch (problem) {
      banner(problem.message);
    }
  });
}

// The invite's code leaves the address bar at once, and survives a reload of the page.
function takeCode() {
  const given = new URLSearchParams(location.search).get("code") ?? new URLSearchParams(location.hash.slice(1)).get("code");
  const found = given ?? history.state?.code ?? "";
  if (given !== null) history.replaceState({ code: found }, "", location.pathname);
  return /^[\w-]{1,64}$/.test(found) ? found : "";
}

function banner(sentence) {
  $("banner").textContent = sentence;
  $("banner").hidden = !sentence;
}
