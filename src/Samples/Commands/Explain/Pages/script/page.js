// What the reader does, and what the page shows then.
const DATA = JSON.parse(document.getElementById("data").textContent);
const $ = id => document.getElementById(id);
const matrix = rows => rows.map(row => Float64Array.from(row));
const GIVEN = { X: matrix(DATA.X), Y: matrix(DATA.Y), m: DATA.Y[0].length };
const start = () => Object.fromEntries(BLOCKS.map(b => [b, matrix(DATA[b])]));

class Lesson {
  constructor() {
    Object.assign(this, { at: 0, example: 0, mistake: "", activation: DATA.activation, looked: null, playing: 0 });
    this.windows = { H: { from: 0 }, D: { from: 0 }, m: { from: 0 } };
    this.descent = new Descent(start(), (...given) => this.symbols(...given));
    this.steps = new Steps(this);
    this.fillChoices();
    this.listen();
    this.layOut();
  }

  get alpha() {
    return Math.max(0, $("alpha").valueAsNumber || 0);
  }

  /** All symbols of these parameters, by name. */
  symbols(parameters = this.descent.parameters, mistake = this.mistake, alpha = this.alpha) {
    const given = { ...GIVEN, ...parameters, alpha, activation: this.activation, g: ACTIVATIONS[this.activation] };
    return compute(compute(given, FORWARD), rulesWith(mistake));
  }

  fillChoices() {
    for (const name in DATA.slopes) $("activation").add(new Option(name, name, false, name === this.activation));
    for (const id in MISTAKES) $("mistake").add(new Option(MISTAKES[id].name, id));
    DATA.rows.forEach((row, i) => $("example").add(new Option(`row ${row}, y = ${DATA.Y[0][i]}`, i)));
    $("about").textContent = DATA.about;
  }

  listen() {
    $("back").onclick = () => this.goTo(this.at - 1);
    $("next").onclick = () => this.goTo(this.at + 1);
    $("all").onclick = () => this.goTo(ORDER.length - 1);
    $("example").onchange = e => this.choose(+e.target.value);
    $("activation").onchange = e => { this.activation = e.target.value; this.restart(this.descent.parameters); };
    $("mistake").onchange = e => { this.mistake = e.target.value; this.update(); };
    $("alpha").oninput = () => this.update();
    $("descend").onclick = () => this.descend(+$("pace").value);
    $("play").onclick = () => this.play(!this.playing);
    $("epoch").oninput = e => { this.play(false); this.descent.goTo(+e.target.value); this.update(); };
    $("reset").onclick = () => { this.play(false); this.restart(start()); };
    $("plane").onclick = e => {
      const box = $("plane").getBoundingClientRect(), unit = $("plane").viewBox.baseVal.width / box.width;
      if (this.nearest) this.choose(this.nearest((e.clientX - box.left) * unit, (e.clientY - box.top) * unit));
    };
    document.addEventListener("keydown", e => {
      if (e.altKey || e.ctrlKey || e.metaKey || e.target.closest("input, select, dialog")) return;
      if (e.key === "ArrowRight") this.goTo(this.at + 1);
      else if (e.key === "ArrowLeft") this.goTo(this.at - 1);
      else return;
      e.preventDefault();
    });
    let before = 0; // what is printed is all of it
    addEventListener("beforeprint", () => { before = this.at; this.goTo(ORDER.length - 1); });
    addEventListener("afterprint", () => this.goTo(before));
    let width = 0;
    new ResizeObserver(() => {
      if (width === (width = document.documentElement.clientWidth)) return;
      this.layOut();
    }).observe(document.documentElement);
  }

  /** Decides how many rows and columns fit, and builds the tables. */
  layOut() {
    const room = $("forward").clientWidth, shown = Math.max(3, Math.min(6, Math.floor((room - 64) / (room < 360 ? 67 : 75))));
    const sizes = { H: DATA.W1.length, D: DATA.X.length, m: GIVEN.m }, words = { H: "units", D: "features", m: "examples" };
    const focused = document.activeElement?.id;
    $("pagers").replaceChildren();
    for (const axis in sizes) {
      const w = this.windows[axis], size = sizes[axis];
      w.shown = shown;
      if (size <= shown) { w.from = 0; continue; }
      w.from = Math.min(Math.floor(w.from / shown) * shown, Math.floor((size - 1) / shown) * shown);
      const turn = (by, text, name) => element("button", {
        type: "button", id: `${axis}${name}`, text, "aria-label": `${name} ${words[axis]}`,
        onclick: () => { w.from = Math.max(0, Math.min(size - 1, w.from + by * shown)); this.layOut(); },
      });
      $("pagers").append(element("div", { class: "pager", role: "group", "aria-label": words[axis] }, turn(-1, "◀", "previous"),
        element("span", { text: `${words[axis]} ${w.from + 1} to ${Math.min(size, w.from + shown)} of ${size}` }), turn(1, "▶", "next")));
    }
    $(focused)?.focus();
    const s = this.symbols();
    this.steps.build(s, this.windows);
    this.update(s);
  }

  goTo(at) {
    this.at = Math.max(0, Math.min(ORDER.length - 1, at));
    this.update();
    const symbol = ORDER[this.at], card = this.steps.cards[symbol];
    card.scrollIntoView({ block: "nearest" });
    const formula = card.querySelector(".formula").textContent;
    $("step").textContent = `Step ${this.at + 1} of ${ORDER.length}: ${formula}, ${card.querySelector(".meaning").textContent}`;
  }

  choose(example) {
    this.example = example;
    $("example").value = example;
    const w = this.windows.m;
    if (example < w.from || example >= w.from + w.shown) {
      w.from = Math.floor(example / w.shown) * w.shown;
      this.layOut();
    } else this.update();
  }

  change(block, i, j, value) {
    const P = this.descent.parameters;
    this.restart({ ...P, [block]: map(P[block], (w, a, b) => a === i && b === j ? value : w) });
  }

  /** Counts epochs anew, from these parameters. */
  restart(parameters) {
    this.descent = new Descent(parameters, this.descent.symbols);
    this.update();
  }

  descend(count) {
    this.descent.descend(count, this.alpha, this.mistake);
    this.update();
  }

  play(on) {
    clearInterval(this.playing);
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.playing = on ? setInterval(() => this.descend((isCalm ? 8 : 1) * $("pace").value), isCalm ? 640 : 80) : 0;
    $("play").setAttribute("aria-pressed", Boolean(on));
    $("play").textContent = on ? "Pause" : "Play";
    $("drop").setAttribute("aria-live", on ? "off" : "polite");
  }

  /** The reader looks at a number: says what it is made of and lights up where it comes from. */
  look(symbol, i, j) {
    this.looked = [symbol, i, j];
    this.spell(this.symbols());
  }

  spell(s) {
    document.querySelectorAll(".hot, .here-looked").forEach(e => e.classList.remove("hot", "here-looked"));
    if (!this.looked) return;
    const { text, cells } = spellOut(...this.looked, s, this.mistake);
    const light = ([symbol, i, j], name) => document.querySelectorAll(`[data-cell="${CSS.escape(symbol)}:${i}:${j}"]`).forEach(e => e.classList.add(name));
    cells.forEach(cell => light(cell, "hot"));
    light(this.looked, "here-looked");
    if ($("sum").textContent !== text) $("sum").textContent = text;
  }

  update(s = this.symbols()) {
    const right = this.mistake ? compute(s, BACKWARD) : s;
    $("back").setAttribute("aria-disabled", this.at === 0);
    $("next").setAttribute("aria-disabled", this.at === ORDER.length - 1);
    $("progress").textContent = `${this.at + 1} of ${ORDER.length}`;
    this.steps.update(s, right, this);
    $("drawn").textContent = drawNetwork($("network"), s, this);
    this.showCheck(s);
    this.showDescent(s);
    const isPlane = s.X.length === 2;
    $("predictionsTitle").textContent = isPlane ? "Decision boundary" : "Probabilities";
    this.nearest = isPlane ? drawPlane($("plane"), s, this.example) : void drawProbabilities($("plane"), s, this.example);
    $("marks").textContent = isPlane ? "● label 1, △ label 0, ring: the chosen example. The line is probability 0.5." : "Solid line: probability 0.5. Dashed: the chosen example.";
    this.spell(s);
  }

  showCheck(s) {
    const blocks = checkGradient(s), mistake = MISTAKES[this.mistake];
    $("check").replaceChildren(...blocks.map(b => {
      const verdict = { agrees: "✓ agrees", differs: "✗ differs", kink: "– at a kink" }[b.verdict];
      return element("tr", { "data-block": b.name, class: b.verdict }, element("th", { scope: "row", text: `d${b.name}` }),
        ...[show(b.ours, 4), show(b.theirs, 4), show(b.error, 2), Number.isNaN(b.angle) ? "–" : `${b.angle.toFixed(1)}°`, verdict].map(text => element("td", { text })));
    }));
    const wrong = blocks.filter(b => b.verdict === "differs"), names = wrong.map(b => b.name).join(" ");
    const looks = wrong.map(b => [`d${b.name}`, looksLike(b)]).filter(([, text]) => text), alike = new Set(looks.map(([, text]) => text)).size === 1;
    const kinks = blocks.reduce((n, b) => n + b.atKink, 0), never = mistake?.never(s, this.activation);
    const sentences = [
      mistake && `Put in: ${mistake.name}. ${mistake.says}`,
      mistake && (never ? `Here it changes nothing: ${never}.` : wrong.length === 0 ? "On these numbers it changes nothing that the check could see." : `It spoils ${listed(mistake.spoils.map(b => `d${b}`))}${mistake.spoils.length < 4 ? "; what is computed before it stays right" : ""}.`),
      wrong.length === 0 ? "The gradient is right." : `The gradient is wrong in ${listed(wrong.map(b => `d${b.name}`))}. ${WHERE_TO_LOOK[names] ?? ""}`,
      alike ? `${listed(looks.map(([name]) => name))}: ${looks[0][1]}.` : looks.map(([name, text]) => `${name}: ${text}.`).join(" "),
      kinks > 0 && `${kinks} ${kinks === 1 ? "derivative is" : "derivatives are"} left out: some example's z1 is at the kink of ${this.activation}.`,
    ];
    const text = sentences.filter(Boolean).join(" ");
    if ($("verdict").textContent !== text) $("verdict").textContent = text;
  }

  showDescent(s) {
    const { descent, alpha } = this, J = s.J[0][0];
    descent.costs[descent.at] = J;
    const slope = BLOCKS.reduce((sum, b) => sum + s["d" + b].reduce((q, row) => q + row.reduce((r, d) => r + d * d, 0), 0), 0);
    const costAt = a => compute({ ...s, ...stepped(descent.parameters, s, a) }, FORWARD).J[0][0];
    const predicted = J - alpha * slope, after = costAt(alpha), share = (J - after) / (J - predicted);
    const comment = !Number.isFinite(after) ? "the step leaves the numbers that a computer has" : alpha === 0 || slope === 0 ? "nothing moves"
      : share < 0 ? "overshoot: J goes up" : share > 0.99 ? "as predicted: the step is small" : share > 0.9 ? "a little less than predicted: the slope changes on the way"
      : share > 0.5 ? "less than predicted: the slope changes on the way"
      : "much less than predicted: the step is large";
    const text = `A step of α = ${show(alpha)} should take J from ${show(J)} to ${show(predicted)}; it takes it to ${show(after)} (${comment}).`;
    if ($("drop").textContent !== text) $("drop").textContent = text;
    $("cost").textContent = `J = ${show(J)}`;
    $("epoch").max = Math.max(1, descent.last);
    $("epoch").value = descent.at;
    $("epoch").disabled = descent.last === 0;
    $("epochText").textContent = `${descent.at} of ${descent.last}`;
    drawCosts($("costs"), descent.costs, descent.at, predicted);
    drawAlong($("along"), costAt, slope, alpha);
  }

  /** Opens the answer to a question, as `explain why` gives it on these numbers. */
  answer(name) {
    const { question, answer } = DATA.lessons[name], parts = answer.split(/\n{2,}/).filter(part => part.trim());
    $("question").textContent = question;
    $("answer").replaceChildren(...parts.map(part => /^ {2}|\n {2}/.test(part) ? element("pre", { tabindex: "0", text: part.replace(/^\n+|\s+$/g, "") }) : element("p", { text: part.replaceAll("\n", " ") })),
      element("p", { class: "command" }, element("code", { text: `shallownet explain why ${name}${DATA.options}` })));
    $("why").showModal();
  }
}

const listed = names => names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** For whoever wants all digits, in the browser's console: lesson.symbols().dW1 */
window.lesson = new Lesson();
