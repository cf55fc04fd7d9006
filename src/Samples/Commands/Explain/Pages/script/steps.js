// The twenty symbols as cards: built once for the rows and columns in view, then only filled in, so that the focus stays where it is.
const NUMPY = {
  Z1: "Z1 = np.dot(W1, X) + b1", A1: g => `A1 = ${{ tanh: "np.tanh", relu: "np.maximum" }[g] ?? "g"}(${g === "relu" ? "0, " : ""}Z1)`,
  Z2: "Z2 = np.dot(W2, A1) + b2", A2: "A2 = 1 / (1 + np.exp(-Z2))", L: "L = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))", J: "J = np.sum(L) / m",
  dZ2: "dZ2 = A2 - Y", dW2: "dW2 = np.dot(dZ2, A1.T) / m", db2: "db2 = np.sum(dZ2, axis=1, keepdims=True) / m", dA1: "dA1 = np.dot(W2.T, dZ2)",
  "g'(Z1)": g => `dg = ${{ tanh: "1 - np.power(A1, 2)", sigmoid: "A1 * (1 - A1)", relu: "(Z1 > 0)", identity: "1" }[g] ?? "g_prime(Z1)"}`,
  dZ1: "dZ1 = dA1 * dg", dW1: "dW1 = np.dot(dZ1, X.T) / m", db1: "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
};
const QUESTIONS = { // which of the questions of `explain why` belong to a step
  X: "layout", Y: "output", W1: "zeros", b1: "bias", Z1: "saturation", A1: "activation", W2: "zeros", b2: "bias", Z2: "shapes", A2: "output", L: "output", J: "mean weights",
  dZ2: "output", dW2: "mean", db2: "bias", dA1: "transpose shapes", "g'(Z1)": "activation saturation", dZ1: "elementwise", dW1: "mean layout", db1: "bias",
};
// What the rows and columns of a symbol are: H units, D features, m examples, or a single 1.
const AXES = {
  X: "Dm", Y: "1m", W1: "HD", b1: "H1", Z1: "Hm", A1: "Hm", W2: "1H", b2: "11", Z2: "1m", A2: "1m", L: "1m", J: "11",
  dZ2: "1m", dW2: "1H", db2: "11", dA1: "Hm", "g'(Z1)": "Hm", dZ1: "Hm", dW1: "HD", db1: "H1",
};

const numpyOf = (symbol, g) => typeof NUMPY[symbol] === "function" ? NUMPY[symbol](g) : NUMPY[symbol];
const formulaOf = (symbol, g) => symbol === "g'(Z1)" ? DATA.slopes[g] : DATA.steps[symbol].formula;
const isGiven = symbol => !(symbol in FORWARD || symbol in BACKWARD);

function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const a in attributes) {
    if (a === "text") e.textContent = attributes[a];
    else if (a.startsWith("on")) e.addEventListener(a.slice(2), attributes[a]);
    else e.setAttribute(a, attributes[a]);
  }
  e.append(...children);
  return e;
}

/** Shapes in numbers: "3 × 4 = (3 × 2) (2 × 4) + (3 × 1)". */
function shapeText(symbol, s) {
  const sizes = { H: s.W1.length, D: s.X.length, m: s.m };
  const inNumbers = DATA.steps[symbol].shapes.replace(/[HDm]/g, c => sizes[c]).replaceAll(" x ", " × ");
  const own = `${s[symbol].length} × ${s[symbol][0].length}`;
  return inNumbers === `(${own})` ? own : `${own} = ${inNumbers}`;
}

class Steps {
  constructor(view) {
    this.view = view;
    this.cards = {};
    ORDER.forEach((symbol, index) => {
      const jump = element("button", { type: "button", class: "jump", text: symbol, "aria-label": `Go on to ${symbol}`, onclick: () => view.goTo(index) });
      const code = element("details", {}, element("summary", { text: "Code" }), element("dl"));
      const card = element("article", { class: "step", "data-symbol": symbol, "aria-labelledby": `title${index}` }, jump,
        element("h3", { id: `title${index}` }, element("span", { class: "formula" }), element("span", { class: "flag" })),
        element("p", { class: "meaning" }), element("p", { class: "shape" }), element("div", { class: "matrix" }), code);
      for (const name of QUESTIONS[symbol].split(" ")) card.append(element("button", { type: "button", class: "why", text: DATA.lessons[name].question, onclick: () => view.answer(name) }));
      if (isGiven(symbol)) code.remove();
      this.cards[symbol] = card;
      document.getElementById(index < FIRST_BACKWARD ? "forward" : "backward").append(card);
    });
  }

  /** Builds the tables for the units, features and examples in view. */
  build(s, windows) {
    this.windows = windows;
    this.cells = {};
    for (const symbol of ORDER) this.cards[symbol].querySelector(".matrix").replaceChildren(this.table(symbol, s));
  }

  axis(kind, size) {
    const { from, shown } = this.windows[kind] ?? { from: 0, shown: size };
    return range(Math.min(shown, size - from), k => from + k);
  }

  label(kind, k) {
    return kind === "H" ? `unit ${k + 1}` : kind === "D" ? DATA.features[k] : kind === "m" ? `row ${DATA.rows[k]}` : "";
  }

  table(symbol, s) {
    const [down, across] = AXES[symbol], A = s[symbol], columns = this.axis(across, A[0].length), rows = this.axis(down, A.length);
    const editable = BLOCKS.includes(symbol), head = (kind, k, scope) => element("th", { scope, text: this.label(kind, k), title: this.label(kind, k) });
    const table = element("table", { "aria-label": `${symbol}, ${A.length} by ${A[0].length}`, ...(editable ? {} : { role: "grid", "aria-readonly": "true" }) });
    if (across !== "1") {
      const tr = element("tr", {}, ...(down === "1" ? [] : [element("td")]), ...columns.map(j => head(across, j, "col")));
      table.append(element("thead", {}, tr));
    }
    const body = element("tbody");
    for (const i of rows) {
      const tr = element("tr", {}, ...(down === "1" ? [] : [head(down, i, "row")]));
      for (const j of columns) tr.append(this.cell(symbol, i, j, editable, i === rows[0] && j === columns[0]));
      body.append(tr);
    }
    table.append(body);
    return table;
  }

  cell(symbol, i, j, editable, isFirst) {
    const id = `${symbol}:${i}:${j}`, where = `${symbol} row ${i + 1} column ${j + 1}`, td = element("td", { "data-cell": id });
    const look = () => this.view.look(symbol, i, j);
    td.addEventListener("pointerenter", look);
    if (editable) {
      const input = element("input", { type: "number", step: "any", "aria-label": where, "data-for": id, onfocus: look });
      input.addEventListener("input", () => Number.isFinite(input.valueAsNumber) && this.view.change(symbol, i, j, input.valueAsNumber));
      input.addEventListener("keydown", e => {
        if (e.key !== "ArrowUp" && e.key !== "ArrowDown" || !Number.isFinite(input.valueAsNumber)) return;
        e.preventDefault();
        input.value = +(input.valueAsNumber + (e.key === "ArrowUp" ? 0.1 : -0.1)).toPrecision(12);
        this.view.change(symbol, i, j, input.valueAsNumber);
      });
      input.addEventListener("blur", () => this.view.update());
      td.append(input);
    } else {
      td.tabIndex = isFirst ? 0 : -1; // one stop for each matrix; arrows move within
      td.addEventListener("focus", look);
      td.addEventListener("keydown", e => this.move(e, td));
    }
    this.cells[id] = td;
    return td;
  }

  move(e, td) {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[e.key];
    if (!step) return;
    e.stopPropagation();
    e.preventDefault();
    const [symbol, i, j] = td.dataset.cell.split(":"), next = this.cells[`${symbol}:${+i + step[0]}:${+j + step[1]}`];
    if (!next) return;
    td.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  /** Fills in numbers and formulas, and shows the steps up to the current one. */
  update(s, right, { at, mistake, activation }) {
    ORDER.forEach((symbol, index) => {
      const card = this.cards[symbol], written = mistaken(mistake, "formula", symbol, activation);
      const isSpoilt = mistake && !written && symbol in right && !sameNumbers(s[symbol], right[symbol]);
      card.classList.toggle("later", index > at);
      card.classList.toggle("now", index === at);
      card.classList.toggle("wrong", Boolean(written));
      card.querySelector(".formula").textContent = isGiven(symbol) ? symbol : `${symbol} = ${written ?? formulaOf(symbol, activation)}`;
      card.querySelector(".flag").textContent = written ? "✗ the mistake" : isSpoilt ? "✗ spoilt by it" : "";
      card.querySelector(".shape").textContent = shapeText(symbol, s);
      card.querySelector(".meaning").textContent = symbol === "A1" ? `what it answers, g being ${activation}` : DATA.steps[symbol].meaning;
      if (!isGiven(symbol)) {
        const wrong = mistaken(mistake, "numpy", symbol, activation), [line, where] = DATA.code[symbol], lines = [["NumPy", numpyOf(symbol, activation)], ["C#", line], ["in", where]];
        if (wrong) lines.unshift(["Mistake", wrong]);
        const text = lines.flat().join("\n"), list = card.querySelector("dl");
        if (list.dataset.text !== text) {
          list.dataset.text = text;
          list.replaceChildren(...lines.flatMap(([name, line]) => [element("dt", { text: name }), element("dd", {}, element("code", { text: line }))]));
        }
      }
    });
    for (const id in this.cells) {
      const [symbol, i, j] = id.split(":"), td = this.cells[id], input = td.firstElementChild, text = showInMatrix(symbol, +i, +j, s);
      if (input && input !== document.activeElement) input.value = Number.isFinite(s[symbol][i][j]) ? text.replaceAll("−", "-") : "";
      else if (!input && td.textContent !== text) td.textContent = text;
    }
  }
}

const sameNumbers = (A, B) => A.every((row, i) => row.every((x, j) => Object.is(x, B[i][j]) || x === B[i][j]));
