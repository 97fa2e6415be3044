// The demo: whom to be, and a clock that can be moved.

import { $, el, icon } from "./dom.js";
import { T, dayLabel } from "./texts.js";
import { request } from "./wire.js";

const FEATURED = ["cadre", "secretary", "admin"];

export function landing(demo, { mayReturn = false } = {}) {
  const featured = FEATURED.map((role) => demo.people.find((person) => person.featured_role === role)).filter(Boolean);
  const others = demo.people.filter((person) => !featured.includes(person));
  $("people-featured").replaceChildren(...featured.map(card));
  const found = () => {
    const wanted = plain($("people-search").value);
    const shown = others.filter((person) => plain(`${person.name} ${person.role_label} ${person.unit_name}`).includes(wanted));
    $("people-others").replaceChildren(...shown.map((person) => el("li", {}, personButton(person))));
  };
  $("people-search").oninput = found;
  found();
  $("people-more").hidden = !others.length;
  $("landing-return").hidden = !mayReturn;
  $("landing-return").onclick = () => swap(false);
  swap(true);
}

export function demoBar(demo) {
  const me = demo.people.find((person) => person.code === demo.me);
  $("who").textContent = me ? `${me.name} · ${me.role_label}` : "";
  $("demo-bar").hidden = false;
  $("demo-change").addEventListener("click", () => landing(demo, { mayReturn: true }));
  $("demo-advance").addEventListener("click", advance);
  tick(demo.now);
}

async function advance() {
  const button = $("demo-advance");
  const said = $("demo-said");
  button.disabled = true;
  said.hidden = false;
  said.textContent = T.advancing;
  try {
    const answer = await request("/api/demo/advance", { json: {} });
    said.textContent = answer.said;
    tick(answer.now);
  } catch (problem) {
    said.textContent = problem.message;
  }
  button.disabled = false;
}

// The demo's clock goes on from `now`, as clocks do.
let ticking;
function tick(now) {
  const began = Date.now();
  const start = Date.parse(`${now.slice(0, 19)}Z`);
  const show = () => {
    const iso = new Date(start + Date.now() - began).toISOString();
    $("demo-now").setAttribute("datetime", iso.slice(0, 16));
    $("demo-hour").textContent = iso.slice(11, 16);
    $("demo-day").textContent = dayLabel(iso).replace(/\/\d+$/, "");
  };
  clearInterval(ticking);
  ticking = setInterval(show, 5_000);
  show();
}

function card(person) {
  const role = person.featured_role;
  const words = el("span", {}, el("strong", {}, T.roles[role]), el("span", {}, T.roleHints[role]), el("small", {}, `${person.name} · ${person.unit_name}`));
  return el("button", { type: "button", class: "card", click: () => become(person) }, icon(role), words);
}

function personButton(person) {
  const words = el("small", {}, `${person.role_label} · ${person.unit_name}`);
  return el("button", { type: "button", class: "person", click: () => become(person) }, el("strong", {}, person.name), words);
}

async function become(person) {
  try {
    await request("/api/demo/become", { json: { code: person.code } });
    location.reload();
  } catch (problem) {
    $("landing-problem").textContent = problem.message;
  }
}

function swap(landing) {
  $("landing").hidden = !landing;
  $("chat").hidden = landing;
}

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").trim();
