// Numbers as they are shown, and what each is made of.

/** Six significant digits, without trailing zeros. */
function show(x, digits = 6) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "not a number" : x > 0 ? "∞" : "−∞";
  const size = Math.abs(x);
  const text = x === 0 ? "0" : size >= 1e6 || size < 1e-4 ? x.toExponential(Math.min(digits, 4) - 1).replace(/\.?0+e/, "e").replace("e+", "e") : String(+x.toPrecision(digits));
  return text.replaceAll("-", "−");
}

/** The terms whose sum a number is; each a list of the cells that are multiplied. */
const range = (n, f) => Array.from({ length: n }, (_, k) => f(k));
const TERMS = {
  Z1: (i, j, s) => [...range(s.X.length, k => [["W1", i, k], ["X", k, j]]), [["b1", i, 0]]],
  Z2: (i, j, s) => [...range(s.A1.length, k => [["W2", i, k], ["A1", k, j]]), [["b2", i, 0]]],
  J: (i, j, s) => range(s.m, k => [["L", 0, k]]),
  dZ2: (i, j) => [[["A2", i, j]], [["Y", i, j]]],
  dW2: (i, j, s) => range(s.m, k => [["dZ2", i, k], ["A1", j, k]]),
  db2: (i, j, s) => range(s.m, k => [["dZ2", i, k]]),
  dA1: (i, j) => [[["W2", 0, i], ["dZ2", 0, j]]],
  dZ1: (i, j) => [[["dA1", i, j], ["g'(Z1)", i, j]]],
  dW1: (i, j, s) => range(s.m, k => [["dZ1", i, k], ["X", j, k]]),
  db1: (i, j, s) => range(s.m, k => [["dZ1", i, k]]),
};
const MEANS = new Set(["J", "dW2", "db2", "dW1", "db1"]);
const product = (cells, s) => cells.reduce((p, [symbol, i, j]) => p * s[symbol][i][j], 1);

/** Whether a number is nothing but what rounding left of a sum that is zero. */
function isDust(symbol, i, j, s) {
  const x = Math.abs(s[symbol][i][j]);
  if (x === 0 || x > 1e-9) return false;
  if (BLOCKS.includes(symbol)) return x < EPSILON;
  if (symbol === "A1") return isDust("Z1", i, j, s);
  if (symbol === "dZ1") return isDust("dA1", i, j, s);
  const terms = TERMS[symbol]?.(i, j, s) ?? [];
  return terms.length > 1 && x <= 8 * EPSILON * terms.reduce((sum, cells) => sum + Math.abs(product(cells, s)), 0) / (MEANS.has(symbol) ? s.m : 1);
}

const showCell = (symbol, i, j, s) => isDust(symbol, i, j, s) ? "0" : show(s[symbol][i][j]);

/** As it stands in a matrix: at most six decimals, for the columns' sake. */
function showInMatrix(symbol, i, j, s) {
  const x = s[symbol][i][j], size = Math.abs(x);
  return size >= 1e-4 && size < 1 && !isDust(symbol, i, j, s) ? show(+x.toFixed(6)) : showCell(symbol, i, j, s);
}

/** How a number comes about, in one line, and the cells that it comes from. */
function spellOut(symbol, i, j, s, mistake) {
  const value = showCell(symbol, i, j, s), shown = ([n, a, b]) => showCell(n, a, b, s);
  const name = s[symbol].length * s[symbol][0].length === 1 ? symbol : `${symbol}[${i + 1},${j + 1}]`, say = (text, ...cells) => ({ text: `${name} = ${text}`, cells });
  const written = mistaken(mistake, "formula", symbol, s.activation);
  if (written) return say(`${value}, by the mistake ${symbol} = ${written}`);
  const weight = where => {
    const d = "d" + symbol, slope = s[d][i][j];
    return say(`${value}: ${where}. ${d} is ${showCell(d, i, j, s)} here: 0.01 more changes J by about ${show(0.01 * slope, 3)}.`, [d, i, j]);
  };
  switch (symbol) {
    case "X": return say(`${value}: ${DATA.features[i]} of row ${DATA.rows[j]}`);
    case "Y": return say(`${value}: the label of row ${DATA.rows[j]}`);
    case "W1": return weight(`from ${DATA.features[j]} to unit ${i + 1}`);
    case "b1": return weight(`added to z1 of unit ${i + 1} in every example`);
    case "W2": return weight(`from unit ${j + 1} to the output`);
    case "b2": return weight("added to z2 in every example");
    case "A1": return say(`${s.activation}(${shown(["Z1", i, j])}) = ${value}`, ["Z1", i, j]);
    case "g'(Z1)": return say(`${s.activation}′(${shown(["Z1", i, j])}) = ${value}`, ["Z1", i, j], ["A1", i, j]);
    case "A2": return say(`1 / (1 + e^−z) at z = ${shown(["Z2", 0, j])}, that is ${value}`, ["Z2", 0, j]);
    case "L": {
      const a = shown(["A2", 0, j]), y = s.Y[0][j];
      return say(`−log ${y ? a : `(1 − ${a})`} = ${value}, since y = ${y}`, ["A2", 0, j], ["Y", 0, j]);
    }
    case "dZ2": return say(`${shown(["A2", 0, j])} − ${shown(["Y", 0, j])} = ${value}`, ["A2", 0, j], ["Y", 0, j]);
  }
  const terms = TERMS[symbol](i, j, s), most = 6;
  const inBrackets = text => text.startsWith("−") ? `(${text})` : text;
  const inWords = ([first, ...rest]) => [shown(first), ...rest.map(c => inBrackets(shown(c)))].join(" · ");
  const sum = terms.slice(0, most).map(inWords).reduce((text, t) => t.startsWith("−") ? `${text} − ${t.slice(1)}` : `${text} + ${t}`) +
    (terms.length > most ? ` + … (${terms.length} terms)` : "");
  return say(`${MEANS.has(symbol) ? `(${sum}) / ${s.m}` : sum} = ${value}`, ...terms.flat());
}
