// Building the page node by node: no text of anybody ever becomes markup.

export const $ = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// Text with its addresses as links and its commands ("/ghi") as buttons.
const SPECIAL = /(^|\s)(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)…]|\/[a-z]{2,20}(?![\w/]))/g;

export function speaking(text, onCommand) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(SPECIAL)) {
    const [, space, special] = match;
    const start = match.index + space.length;
    nodes.push(text.slice(end, start));
    nodes.push(
      special.startsWith("/")
        ? el("button", { type: "button", class: "command", click: () => onCommand(special) }, special)
        : el("a", { href: special, target: "_blank", rel: "noopener noreferrer" }, special),
    );
    end = start + special.length;
  }
  return [...nodes, text.slice(end)];
}

// Eight random bytes as hexadecimal digits, twice: a name nobody else gives.
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
