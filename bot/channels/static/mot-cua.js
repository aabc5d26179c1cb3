// <mot-cua>: the conversation in any page. <script src="…/static/mot-cua.js" defer></script> <mot-cua></mot-cua>
// Attributes: topic (a guide's id or code), mode="button", label, theme="light" or "dark"; colours by --mot-cua-… (docs/nhung_trang_web.md).
// The transcript stays in sessionStorage, gone with the tab. A message keeps its id until it is answered: sending it again is safe.
(() => {
"use strict";

const HERE = new URL((document.currentScript || document.querySelector('script[src*="/mot-cua.js"]')).src);
const ROOT = new URL("..", HERE);
const SMALL = "(max-width: 30em), (max-height: 30em)"; // a panel takes the whole of such a screen
const LIMIT = 2000; // characters of a message
const KEPT = 200; // turns in the transcript
const PATIENCE = 15000; // ms for an answer
const WAITS = [1, 2, 4, 8, 15, 30]; // seconds between tries
const SIZES = [0.9, 1, 1.15, 1.3, 1.5];

const SAY = {
  name: "Một Cửa",
  promise: "Trợ lý tự động · không hỏi OTP, mật khẩu",
  check: "Kiểm tra tin nhắn lừa đảo",
  skip: "Đến ô nhập câu hỏi",
  tools: "Cỡ chữ, màu nền, tùy chọn",
  smaller: "Chữ nhỏ hơn",
  normal: "Cỡ chữ thường",
  larger: "Chữ to hơn",
  dark: "Nền tối",
  light: "Nền sáng",
  more: "Tùy chọn",
  clear: "Xóa cuộc trò chuyện",
  clearSure: "Xóa cuộc trò chuyện này khỏi trang và bắt đầu lại?",
  voice: "Nói thay cho gõ",
  voiceNote: "Tắt sẵn. Khi bật, hãng làm trình duyệt (như Google, Apple, Microsoft) nghe tiếng nói và chuyển thành chữ. Đừng đọc số giấy tờ, mã OTP hay mật khẩu.",
  log: "Cuộc trò chuyện",
  me: "Anh/chị: ",
  bot: "Một Cửa: ",
  choices: "Chọn một mục",
  ask: "Anh/chị cần làm việc gì?",
  type: "Gõ câu hỏi…",
  send: "Gửi",
  busy: "Đang trả lời",
  unsent: "Chưa gửi được –",
  stranger: (site) => `Trang ${site} chưa được phép mở khung hỏi đáp này.`,
  direct: "Mở thẳng Một Cửa",
  open: "Hỏi Một Cửa",
  close: "Đóng",
  about: "Hỏi về nội dung trang này",
  retry: "Thử lại",
  long: (n) => `Tin nhắn dài ${n.toLocaleString("vi")} ký tự, tối đa 2.000. Anh/chị rút gọn giúp.`,
  refused: "Tin nhắn này không gửi được.",
  aloud: "Đọc to",
  hush: "Dừng đọc",
  speak: "Nói",
  listening: "Đang nghe",
};

/** An element: attributes as they are, `on…` as listeners, the rest as children. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

function stored(storage, key, value) {
  try {
    if (value === undefined) return JSON.parse(storage().getItem(key));
    storage().setItem(key, JSON.stringify(value));
  } catch {
    return null; // storage is off or full: the conversation goes on without it
  }
}
const tab = () => sessionStorage; // touching it can throw
const browser = () => localStorage;

/** 128 random bits; crypto.randomUUID is missing on plain http. */
function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a page's topic says: a guide or question by its id, a guide by its code. */
function about(topic) {
  return /^[a-z0-9_]+$/.test(topic) ? { text: "", choice: `ask/${topic}/tong_quan` } : { text: topic };
}

/** Lines and bullet lists of a reply's plain text. */
function prose(text) {
  const parts = [];
  let list = null;
  for (const line of text.split("\n").filter((line) => line.trim())) {
    const bullet = /^\s*•\s*/.exec(line);
    if (!bullet) parts.push(...paragraph(line));
    else if (list) list.append(h("li", null, ...calls(line.slice(bullet[0].length))));
    else parts.push(h("ul", null, h("li", null, ...calls(line.slice(bullet[0].length)))));
    list = bullet ? parts[parts.length - 1] : null;
  }
  return parts;
}

/** «Bước 3/8 · …» is set off and drawn as a bar; the source is muted. */
function paragraph(line) {
  const step = /^(Bước (\d+)\/(\d+))( · .*)/.exec(line);
  if (!step) return [h("p", { class: /^(Nguồn:|Kiểm tra ngày )/.test(line) ? "source" : null }, ...calls(line))];
  const [, head, now, all, title] = step;
  return [h("progress", { value: now, max: all, "aria-hidden": "true" }), h("p", { class: "step" }, h("b", null, head), title)];
}

/** «1900 0368» can be pressed on a phone. */
function calls(line) {
  return line.split(/(\b1[89]00(?:[ .]?\d{2,4}){1,2}\b)/).map((part, n) => (n % 2 ? h("a", { href: `tel:${part.replace(/\D/g, "")}` }, part) : part));
}

class Refused extends Error {}
class Later extends Error {}

class MotCua extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.typed = this.querySelector("textarea")?.value || "";
    this.replaceChildren(); // the plain form has done its work
    this.own = document.documentElement.classList.contains("mot-cua-page");
    this.page = JSON.parse((this.own && this.getAttribute("page")) || "{}");
    this.sending = false;
    this.tries = 0;
    this.build();
    this.begin();
    addEventListener("online", () => this.pump(true));
    if (this.panel && stored(tab, "mot-cua-open") && !matchMedia(SMALL).matches) this.open();
  }

  static get observedAttributes() {
    return ["topic"];
  }

  attributeChangedCallback() {
    if (this.state) this.begin(); // a page that changes without loading
  }

  begin() {
    this.recall();
    this.draw();
    this.pump();
  }

  // ---- state: {session, start, turns: [{id, text, choice?, hidden?, problem?, reply?, alarm?}]}

  recall() {
    const { session, text, reply, alarm, start, title } = this.page;
    let state = stored(tab, "mot-cua");
    if (!state || !Array.isArray(state.turns)) state = { session: "", start: "", turns: [] };
    if (session && session !== state.session) state = { session, start: "", turns: [{ text, reply, alarm }] };
    else if (!state.turns.length && reply && !start) state.turns.push({ reply, alarm });
    this.state = state;
    if (start && state.start !== start) {
      state.start = start;
      state.turns.push({ id: randomId(), choice: start, text: title });
    }
    if (!this.own) this.greet(this.getAttribute("topic") || "");
    this.save();
  }

  /** What another site's page is about comes first, unless the person has begun to talk: then it is offered. */
  greet(topic) {
    const { state } = this;
    if (!state.turns.every((turn) => turn.hidden)) return;
    if (state.turns.length && (!topic || topic === state.start)) return;
    state.start = topic;
    state.turns = [{ id: randomId(), hidden: true, ...(topic ? about(topic) : { text: "", choice: "cmd/menu" }) }];
  }

  save() {
    this.state.turns.splice(0, Math.max(0, this.state.turns.length - KEPT));
    stored(tab, "mot-cua", this.state);
  }

  get waiting() {
    return this.state.turns.find((turn) => turn.id && !turn.reply && !turn.problem);
  }

  // ---- sending

  say(text, choice) {
    if (choice && this.waiting) return;
    const turn = { id: randomId(), text };
    if (choice) turn.choice = choice;
    this.state.turns.push(turn);
    this.save();
    this.add(turn);
    this.see(turn.node);
    this.pump();
  }

  /** One message at a time, in order, each until it is answered or refused. */
  async pump(now) {
    if (now) clearTimeout(this.timer);
    if (this.sending || (this.timer && !now)) return;
    this.timer = 0;
    const turn = this.waiting;
    if (!turn || (turn.hidden && this.panel && !this.panel.open)) return;
    const { state } = this;
    this.sending = true;
    turn.stranger = false;
    this.mood(turn, true);
    try {
      const answer = await this.post(turn);
      Object.assign(turn, { reply: answer.reply, alarm: answer.alarm });
      state.session = answer.session;
    } catch (error) {
      if (error instanceof Refused) turn.problem = error.message;
      else this.later(turn, error.seconds, error instanceof TypeError && (await this.isStranger()));
    }
    this.sending = false;
    if (state === this.state) this.settle(turn);
    this.pump();
  }

  async post({ id, text, choice }) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await fetch(new URL("api/messages", ROOT), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ id, session: this.state.session || undefined, ...(choice ? { choice } : { text }) }),
        signal: stop.signal,
        credentials: "omit",
      });
      if (response.ok) return await response.json();
      if (response.status >= 500 || [408, 425, 429].includes(response.status)) {
        throw Object.assign(new Later(), { seconds: Number(response.headers.get("Retry-After")) });
      }
      throw new Refused((await response.json().catch(() => ({}))).detail || SAY.refused);
    } finally {
      clearTimeout(timer);
    }
  }

  later(turn, seconds, stranger) {
    const wait = seconds || WAITS[Math.min(this.tries++, WAITS.length - 1)];
    Object.assign(turn, { failed: true, stranger });
    if (stranger) console.error(`mot-cua: MOTCUA_ORIGINS của ${ROOT} chưa có ${location.origin}`);
    this.timer = stranger ? -1 : setTimeout(() => this.pump(true), wait * 1000);
  }

  /** A site that is not allowed cannot read why: it gets the files, which are for everybody, and nothing else. */
  async isStranger() {
    if (ROOT.origin === location.origin) return false;
    const reach = (path) => fetch(new URL(path, ROOT), { credentials: "omit", cache: "no-store" }).then(() => true, () => false);
    return (await reach("static/icon.svg")) && !(await reach("health"));
  }

  settle(turn) {
    if (turn.reply) this.tries = 0;
    if (turn.reply || turn.problem) delete turn.failed;
    this.save();
    this.mood(turn, false);
    if (!turn.reply) return this.blame(turn);
    const focused = this.shadowRoot.activeElement;
    const pressed = focused && (this.choices.contains(focused) || focused.classList.contains("retry"));
    this.blame(turn);
    turn.node.after(this.answer(turn));
    if (turn === this.state.turns[this.state.turns.length - 1]) this.offer(turn.reply.choices);
    this.see(turn.hidden ? null : turn.node);
    if (pressed) (this.choices.querySelector("button") || turn.node.nextElementSibling).focus({ preventScroll: true });
  }

  // ---- drawing

  build() {
    const floats = !this.own && this.getAttribute("mode") === "button";
    const sheet = h("link", { rel: "stylesheet", href: new URL(`mot-cua.css${HERE.search}`, HERE) });
    const app = h(this.own || floats ? "div" : "section", { class: "app", "aria-label": this.own || floats ? null : SAY.name }, this.top(floats));
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": SAY.log });
    this.busy = h("p", { class: "busy", role: "status" });
    this.choices = h("div", { class: "choices", role: "group", "aria-label": SAY.choices, hidden: true });
    this.main = h(this.own ? "main" : "div", { class: "main" }, this.log, this.busy, this.choices, this.composer());
    app.append(this.main);
    this.shell = h("div", { class: `shell ${this.own ? "own" : floats ? "floats" : "placed"}`, lang: "vi", hidden: true }, ...(floats ? this.folded(app) : [app]));
    sheet.onload = sheet.onerror = () => {
      this.shell.hidden = false;
      this.see(this.newest);
    };
    this.attachShadow({ mode: "open" }).append(sheet, this.shell);
    this.dress();
    matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", () => this.dress());
    this.voices();
  }

  /** The button and, behind it, the panel. */
  folded(app) {
    const icon = h("img", { src: new URL(`icon.svg${HERE.search}`, HERE), alt: "", width: 32, height: 32 });
    this.launch = h("button", { type: "button", class: "launch", "aria-haspopup": "dialog", onclick: () => this.open(true) }, icon, h("span", null, this.getAttribute("label") || SAY.open));
    this.panel = h("dialog", { class: "panel", "aria-label": SAY.name, tabindex: -1, onclose: () => this.folds(), onkeydown: (event) => event.key === "Escape" && !event.defaultPrevented && this.panel.close() }, app);
    return [this.launch, this.panel];
  }

  open(pressed) {
    if (pressed && matchMedia(SMALL).matches) this.panel.showModal();
    else this.panel.open = true; // show() would take the focus from who only came to this page
    this.launch.hidden = true;
    stored(tab, "mot-cua-open", true);
    this.see(this.newest);
    if (pressed) (matchMedia("(pointer: fine)").matches ? this.box : this.panel).focus();
    this.pump();
  }

  folds() {
    this.launch.hidden = false;
    stored(tab, "mot-cua-open", false);
    this.launch.focus();
  }

  /** On another site there is little room: all but the way out stands behind ☰. */
  top(floats) {
    const skip = h("a", { class: "skip", href: "#", onclick: (event) => (event.preventDefault(), this.box.focus()) }, SAY.skip);
    const size = (label, name, step) => h("button", { type: "button", "aria-label": name, title: name, onclick: () => this.resize(step) }, label);
    const sizes = [size("A−", SAY.smaller, -1), size("A", SAY.normal, 0), size("A+", SAY.larger, 1)];
    const check = h("a", { href: new URL("kiem-tra", ROOT), target: this.own ? null : "_blank", rel: "noopener" }, SAY.check);
    this.theme = h("button", { type: "button", class: "choice", onclick: () => this.dress(this.shell.dataset.theme === "dark" ? "light" : "dark") });
    const within = this.own ? this.options() : [h("div", { class: "sizes" }, ...sizes), h("p", { class: "check" }, check), ...this.options()];
    const more = h("details", { class: "more", onkeydown: (event) => event.key === "Escape" && more.open && this.fold(more, event) }, h("summary", { "aria-label": SAY.more, title: SAY.more }, h("span", { "aria-hidden": "true" }, "☰"), h("span", null, SAY.more)), h("div", null, ...within));
    addEventListener("click", (event) => !event.composedPath().includes(more) && (more.open = false));
    const close = floats && h("button", { type: "button", "aria-label": SAY.close, title: SAY.close, onclick: () => this.panel.close() }, "✕");
    const tools = h("div", { class: "tools", role: "group", "aria-label": SAY.tools }, ...(this.own ? sizes : []), more, close);
    const brand = h("div", { class: "brand" }, h("img", { src: new URL(`icon.svg${HERE.search}`, HERE), alt: "", width: 40, height: 40 }), h(this.own ? "h1" : "h2", null, SAY.name));
    return h(this.own ? "header" : "div", { class: "top" }, skip, h("div", { class: "bar" }, brand, tools), h("div", { class: "under" }, h("p", null, SAY.promise), this.own && check));
  }

  fold(more, event) {
    event.preventDefault(); // nothing else closes with it
    more.open = false;
    more.querySelector("summary").focus();
  }

  options() {
    const clear = h("button", { type: "button", class: "choice", onclick: () => this.clear() }, SAY.clear);
    this.Ear = window.SpeechRecognition || window.webkitSpeechRecognition;
    if (!this.Ear) return [this.theme, clear];
    const box = h("input", { type: "checkbox", "aria-describedby": "voice-note", onchange: () => (this.mic.hidden = !box.checked) });
    return [this.theme, h("label", null, box, SAY.voice), h("p", { id: "voice-note" }, SAY.voiceNote), clear];
  }

  composer() {
    this.wrong = h("p", { class: "wrong", role: "alert", id: "wrong", hidden: true });
    this.box = h("textarea", { id: "q", rows: 1, placeholder: SAY.type, "aria-describedby": "wrong", enterkeyhint: "send", autocomplete: "off", oninput: () => this.fit(), onkeydown: (event) => this.key(event) });
    this.box.value = this.typed;
    this.mic = h("button", { type: "button", class: "mic", "aria-pressed": "false", hidden: true, onclick: () => this.listen() }, SAY.speak);
    const form = h("form", { class: "ask", onsubmit: (event) => (event.preventDefault(), this.submit()) });
    form.append(h("label", { for: "q", class: "only-heard" }, SAY.ask), this.wrong, h("div", { class: "row" }, this.box, this.mic, h("button", { class: "send" }, SAY.send)));
    return form;
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  fit() {
    this.box.style.height = "auto";
    if (this.box.value) this.box.style.height = `${this.box.scrollHeight + 4}px`;
    const length = [...this.box.value].length;
    this.wrong.hidden = length <= LIMIT;
    if (length > LIMIT) this.wrong.textContent = SAY.long(length);
    this.box.setAttribute("aria-invalid", length > LIMIT);
  }

  submit() {
    const text = this.box.value.trim();
    if (!text || [...text].length > LIMIT) return this.box.focus();
    this.box.value = "";
    this.fit();
    this.say(text);
  }

  draw() {
    this.log.replaceChildren();
    for (const turn of this.state.turns) this.add(turn);
    const last = this.state.turns[this.state.turns.length - 1];
    this.offer(last?.reply?.choices || []);
    this.suggest();
    this.see(this.newest);
  }

  /** What was said last, or its answer where nothing was said. */
  get newest() {
    const { node } = this.state?.turns[this.state.turns.length - 1] || {};
    return node?.hidden ? node.nextElementSibling : node;
  }

  add(turn) {
    turn.node = h("div", { class: "said me fresh", hidden: turn.hidden || !turn.text }, h("p", { hidden: turn.hidden }, h("span", { class: "only-heard" }, SAY.me), turn.text || ""));
    Object.defineProperty(turn, "node", { enumerable: false }); // never stored
    this.log.append(turn.node);
    if (turn.failed || turn.problem) this.blame(turn);
    if (turn.reply) this.log.append(this.answer(turn));
  }

  answer({ reply, alarm }) {
    const node = h("div", { class: `bot fresh${alarm ? " alarm" : ""}`, role: alarm ? "alert" : null, tabindex: "-1" });
    node.append(h("span", { class: "only-heard" }, SAY.bot), ...prose(reply.text));
    const links = reply.links.filter((link) => /^(https?|tel):/.test(link.url));
    if (links.length) node.append(h("ul", { class: "links" }, ...links.map(({ label, url }) => h("li", null, h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label)))));
    node.append(h("button", { type: "button", class: "aloud", hidden: !this.voice, onclick: (event) => this.read(event.target, reply.text) }, SAY.aloud));
    return node;
  }

  offer(choices) {
    const kind = (id) => (id === "cmd/menu" ? " menu" : /^(at\/back|cmd\/back)/.test(id) ? " back" : id.startsWith("at/next/") ? " next" : "");
    this.choices.replaceChildren(...choices.map(({ n, id, label }) => h("button", { type: "button", class: `choice${kind(id)}`, onclick: () => this.say(label, id) }, h("b", null, n), h("span", null, label))));
    this.choices.hidden = !choices.length;
  }

  /** What this page is about, beside what is open since another one; until something else is said. */
  suggest() {
    const topic = !this.own && this.getAttribute("topic");
    if (!topic || topic === this.state.start || this.waiting) return;
    const { text, choice } = about(topic);
    const turn = () => {
      this.state.start = topic;
      this.say(choice ? SAY.about : text, choice);
    };
    this.choices.prepend(h("button", { type: "button", class: "choice next", onclick: turn }, h("span", null, SAY.about)));
    this.choices.hidden = false;
  }

  /** What the person sees while a message is on its way. */
  mood(turn, busy) {
    this.busy.textContent = busy && !turn.failed ? SAY.busy : "";
    const waits = Boolean(this.waiting);
    this.choices.setAttribute("aria-busy", waits);
    for (const button of this.choices.children) button.setAttribute("aria-disabled", waits);
  }

  blame(turn) {
    turn.node.querySelector(".note")?.remove();
    if (turn.problem) turn.node.append(h("div", { class: "note", role: "status" }, turn.problem));
    else if (turn.failed) turn.node.append(h("div", { class: "note", role: "status" }, ...(turn.stranger ? [SAY.stranger(location.host), h("a", { class: "retry", href: ROOT, target: "_blank", rel: "noopener" }, SAY.direct)] : [SAY.unsent]), h("button", { type: "button", class: "retry", onclick: () => this.pump(true) }, SAY.retry)));
    if (turn.failed) turn.node.hidden = false;
  }

  see(node) {
    if (!node || this.state.turns.length < 2) return;
    if (this.own) node.scrollIntoView({ block: "start" });
    else this.main.scrollTop += node.getBoundingClientRect().top - this.main.getBoundingClientRect().top - 8; // the other site's page stays where it is
  }

  // ---- what the person sets

  resize(step) {
    const now = SIZES.indexOf(stored(browser, "mot-cua-size") || 1);
    const size = step ? SIZES[Math.max(0, Math.min(SIZES.length - 1, now + step))] : 1;
    stored(browser, "mot-cua-size", size);
    this.shell.style.setProperty("--size", size);
    this.fit();
  }

  dress(chosen) {
    if (chosen) stored(browser, "mot-cua-theme", chosen);
    const wanted = /^(light|dark)$/.exec(this.getAttribute("theme"))?.[0];
    const theme = chosen || stored(browser, "mot-cua-theme") || wanted || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    this.shell.dataset.theme = theme;
    if (this.own) document.documentElement.dataset.theme = theme;
    this.theme.textContent = theme === "dark" ? SAY.light : SAY.dark;
    this.shell.style.setProperty("--size", stored(browser, "mot-cua-size") || 1);
  }

  clear() {
    if (!confirm(SAY.clearSure)) return;
    stored(tab, "mot-cua", {});
    if (this.own) location.assign(ROOT);
    else this.begin();
  }

  // ---- voice

  voices() {
    if (!("speechSynthesis" in window)) return;
    const look = () => {
      this.voice = speechSynthesis.getVoices().find((voice) => /^vi\b/i.test(voice.lang));
      for (const button of this.log.querySelectorAll(".aloud")) button.hidden = !this.voice;
    };
    look();
    speechSynthesis.addEventListener?.("voiceschanged", look);
    addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  read(button, text) {
    const stop = button.textContent === SAY.hush;
    speechSynthesis.cancel();
    for (const other of this.log.querySelectorAll(".aloud")) other.textContent = SAY.aloud;
    if (stop) return;
    button.textContent = SAY.hush;
    const parts = text.replace(/•/g, "").split(/\n+/).filter((part) => part.trim()); // long ones fall silent in Chrome
    parts.forEach((part, n) => {
      const speech = new SpeechSynthesisUtterance(part);
      Object.assign(speech, { voice: this.voice, lang: this.voice.lang });
      if (n === parts.length - 1) speech.onend = () => (button.textContent = SAY.aloud);
      speechSynthesis.speak(speech);
    });
  }

  listen() {
    if (this.ear) return this.ear.stop();
    const before = this.box.value.trim();
    this.ear = Object.assign(new this.Ear(), { lang: "vi-VN", interimResults: true });
    this.ear.onresult = ({ results }) => {
      this.box.value = [before, ...[...results].map((result) => result[0].transcript)].filter(Boolean).join(" ");
      this.fit();
    };
    const state = (on) => {
      this.mic.setAttribute("aria-pressed", on);
      this.mic.textContent = on ? SAY.listening : SAY.speak;
    };
    this.ear.onend = () => {
      this.ear = null;
      state(false);
      this.box.focus();
    };
    state(true);
    this.ear.start();
  }
}

if (!customElements.get("mot-cua")) customElements.define("mot-cua", MotCua);
})();
