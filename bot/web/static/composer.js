// Where one writes: text that grows, a picture with its preview, Enter to send.

import { $ } from "./dom.js";
import { T } from "./texts.js";

const KINDS = ["image/jpeg", "image/png", "image/webp"];
const MOST_BYTES = 10 * 1024 * 1024;
const LARGE_BYTES = 1024 * 1024;
const LONGEST_SIDE = 2048;

export function composer(say) {
  const form = $("composer");
  const text = $("text");
  const chooser = $("chooser");
  let picture;

  const grow = () => {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
  };

  const choose = async (file) => {
    if (picture) URL.revokeObjectURL($("preview-picture").src);
    picture = file && (await smaller(file));
    const problem = !file ? "" : !KINDS.includes(file.type) ? T.notPicture : picture.size > MOST_BYTES ? T.tooLarge : "";
    if (problem) picture = undefined;
    $("composer-problem").textContent = problem;
    $("preview").hidden = !picture;
    if (picture) $("preview-picture").src = URL.createObjectURL(picture);
    $("preview-name").textContent = file?.name ?? "";
    chooser.value = "";
  };

  const send = (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (picture) say({ picture });
    if (words) say({ text: words });
    text.value = "";
    grow();
    choose();
  };

  form.addEventListener("submit", send);
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    // 229: Enter that ends a composed word, as Safari tells it.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) send(event);
  });
  text.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find((each) => each.type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    choose(file);
  });
  $("attach").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => choose(chooser.files[0]));
  $("preview-drop").addEventListener("click", () => {
    choose();
    text.focus();
  });
  if (matchMedia("(pointer: fine)").matches) text.focus();
}

// A phone's large photo as a small one, so that it leaves quickly on a weak line.
async function smaller(file) {
  if (file.size < LARGE_BYTES || !KINDS.includes(file.type)) return file;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file; // the server makes it smaller
  }
}
