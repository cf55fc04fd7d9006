// Is the gradient right? Every parameter is moved to both sides and J is looked at; nothing is shared with the backward pass.
const EPSILON = 2 ** -52, TOLERANCE = 1e-7;
const WIDEST = EPSILON ** (1 / 5), NARROWEST = 1e-6; // steps in units of z

const largest = (row, least) => row.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || least;

/** The slopes of J by the parameters of each block, NaN where a step cannot keep clear of a kink; and what rounding may do to them. */
function measuredSlopes(s) {
  const { m, g } = s, H = s.W1.length, found = {}, rounding = {};
  const size = 1 + largest(s.Z2[0], 0) + largest(s.A1.flatMap((row, h) => [s.W2[0][h] * largest(row, 0)]), 0);

  function block(name, z2At, scaleAt, clearAt) {
    rounding[name] = 0;
    found[name] = map(s[name], (_, i, j) => {
      const z2 = z2At(i, j), scale = scaleAt(i, j), h = Math.min(WIDEST / scale, clearAt(i, j) / 2.5);
      if (h * scale < NARROWEST) return NaN;
      rounding[name] = Math.hypot(rounding[name], 8 * EPSILON * size / h);
      const difference = h => {
        let sum = 0;
        for (let k = 0; k < m; k++) sum += lossOf(z2(k, h), s.Y[0][k]) - lossOf(z2(k, -h), s.Y[0][k]);
        return sum / (2 * h * m);
      };
      return (4 * difference(h) - difference(2 * h)) / 3; // the h² terms of the error cancel
    });
  }

  const others = []; // what all units but one give Z2
  for (let h = 0; h < H; h++) {
    const weights = map(s.W2, (w, _, j) => j === h ? 0 : w);
    others.push(multiply(weights, s.A1)[0].map(z => z + s.b2[0][0]));
  }
  const ofUnit = (h, x) => (k, d) => others[h][k] + s.W2[0][h] * g.value(s.Z1[h][k] + d * x(k));
  const loud = h => Math.max(1, Math.abs(s.W2[0][h]));
  const clear = (h, x) => g.hasKink ? s.Z1[h].reduce((least, z, k) => x(k) === 0 ? least : Math.min(least, Math.abs(z / x(k))), Infinity) : Infinity;
  const one = () => 1, input = d => k => s.X[d][k], far = () => Infinity;
  block("W1", (h, d) => ofUnit(h, input(d)), (h, d) => loud(h) * largest(s.X[d], 1), (h, d) => clear(h, input(d)));
  block("b1", h => ofUnit(h, one), loud, h => clear(h, one));
  block("W2", (_, h) => (k, d) => others[h][k] + (s.W2[0][h] + d) * s.A1[h][k], (_, h) => largest(s.A1[h], 1), far);
  block("b2", () => (k, d) => s.Z2[0][k] + d, one, far);
  return { found, rounding };
}

/** The comparison of each block, as the table shows it. */
function checkGradient(s) {
  const { found, rounding } = measuredSlopes(s);
  return BLOCKS.map(name => {
    const all = s["d" + name].flatMap((row, i) => [...row].map((x, j) => [x, found[name][i][j]]));
    const pairs = all.filter(([, measured]) => !Number.isNaN(measured));
    const length = f => Math.hypot(...pairs.map(f));
    const ours = length(([x]) => x), theirs = length(([, y]) => y), apart = length(([x, y]) => x - y);
    const error = apart === 0 ? 0 : apart / (ours + theirs);
    const cosine = pairs.reduce((sum, [x, y]) => sum + x * y, 0) / (ours * theirs);
    return {
      name, ours, theirs, error, m: s.m,
      angle: Math.acos(Math.max(-1, Math.min(1, cosine))) * 180 / Math.PI,
      atKink: all.length - pairs.length,
      verdict: pairs.length === 0 ? "kink" : error <= TOLERANCE || apart <= rounding[name] ? "agrees" : "differs",
    };
  });
}

/** What a block's difference looks like, in words; empty where there is nothing to say. */
function looksLike({ ours, theirs, angle, m }) {
  const ratio = ours / theirs, near = x => Math.abs(x - 1) < 1e-6;
  if (Math.abs(angle - 180) < 1e-3 && near(ratio)) return "it points the other way";
  if (!(angle < 1e-3)) return "";
  return near(ratio / m) ? `right direction, ${m} = m times too long: a mean was forgotten`
    : near(ratio * m) ? `right direction, ${m} = m times too short: a mean was taken twice`
    : `right direction, ${show(ratio)} times the right length`;
}

/** Where to look, by the blocks that are wrong: a mistake spoils what is computed after it and nothing before. */
const WHERE_TO_LOOK = {
  "W1 b1": "W2 and b2 are right, so dZ2 is: look at dZ1 = W2ᵀ dZ2 * g'(Z1).",
  "b1 b2": "The weights are right, so dZ1 and dZ2 are: look at how they are added up for the biases.",
  "b1": "W1 is right, so dZ1 is: look at how db1 adds it up.",
  "W2": "b2 is right, so dZ2 is, and W1 is, so W2 is: look at what dZ2 is multiplied by in dW2.",
  "W1 b1 W2 b2": "All four: look at what they share, dZ2 = A2 - Y and the division by m.",
};
