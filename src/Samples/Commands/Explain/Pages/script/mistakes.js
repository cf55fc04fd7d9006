// A mistake puts other rules in place of some of the equations. `never` says where it changes nothing.
const KEPT_BY_RELU = "its slope at A1 is that at Z1, since A1 > 0 where Z1 > 0";

const MISTAKES = {
  transpose: {
    name: "no transpose: dZ2ᵀ W2, reshaped",
    formula: { dA1: "reshape(dZ2ᵀ W2)" },
    numpy: { dA1: "dA1 = np.dot(dZ2.T, W2).reshape(A1.shape)" },
    rules: {
      dA1: s => {
        const H = s.W1.length, at = k => s.dZ2[0][Math.floor(k / H)] * s.W2[0][k % H]; // the k-th number of dZ2ᵀ W2, read by rows
        return map(s.A1, (_, i, j) => at(i * s.m + j));
      },
    },
    spoils: ["W1", "b1"],
    says: "The shape fits after reshaping, and units and examples are mixed up.",
    never: s => s.m === 1 || s.W1.length === 1 ? "with one unit or one example there is nothing to transpose" : "",
  },
  gradient: {
    name: "dW2 for W2 on the way back",
    formula: { dA1: "dW2ᵀ dZ2" },
    numpy: { dA1: "dA1 = np.dot(dW2.T, dZ2)" },
    rules: { dA1: s => multiply(transpose(s.dW2), s.dZ2) },
    spoils: ["W1", "b1"],
    says: "Same shape, another matrix: the error goes back through the weights, not through their derivative.",
    never: () => "",
  },
  early: {
    name: "W2 updated before dZ1 is computed",
    formula: { dA1: "(W2 - α dW2)ᵀ dZ2" },
    numpy: { dA1: "W2 = W2 - alpha * dW2; dA1 = np.dot(W2.T, dZ2)" },
    rules: { dA1: s => multiply(transpose(map(s.W2, (w, i, j) => w - s.alpha * s.dW2[i][j])), s.dZ2) },
    spoils: ["W1", "b1"],
    says: "The error grows with α: all derivatives belong to the same weights, so compute all of them before updating any.",
    never: s => s.alpha === 0 ? "α is 0, so W2 has not moved" : "",
  },
  activation: {
    name: "another activation's g'",
    formula: { "g'(Z1)": g => g === "sigmoid" ? "1 - A1²" : "A1 (1 - A1)" },
    numpy: { "g'(Z1)": g => g === "sigmoid" ? "dg = 1 - np.power(A1, 2)" : "dg = A1 * (1 - A1)" },
    rules: { "g'(Z1)": s => map(s.A1, a => s.g === ACTIVATIONS.sigmoid ? 1 - a * a : a * (1 - a)) },
    spoils: ["W1", "b1"],
    says: "The slope belongs to the activation: 1 - a² is tanh's, a (1 - a) the sigmoid's.",
    never: () => "",
  },
  argument: {
    name: "g'(A1) for g'(Z1)",
    formula: { "g'(Z1)": "g'(A1)" },
    numpy: { "g'(Z1)": "dg = g_prime(A1)" },
    rules: { "g'(Z1)": s => map(s.A1, s.g.slope) },
    spoils: ["W1", "b1"],
    says: "g' is taken where g was: at Z1. Written by A1, tanh's is 1 - A1², not 1 - tanh(A1)².",
    never: (s, g) => g === "relu" || g === "leaky-relu" ? KEPT_BY_RELU : g === "identity" ? "its slope is 1 everywhere" : "",
  },
  slope: {
    name: "no g' at all",
    formula: { dZ1: "dA1" },
    numpy: { dZ1: "dZ1 = np.dot(W2.T, dZ2)" },
    rules: { dZ1: s => s.dA1 },
    spoils: ["W1", "b1"],
    says: "dA1 is how the loss moves with A1; the chain has one more link, from A1 to Z1.",
    never: (s, g) => g === "identity" ? "g' is 1" : "",
  },
  sum: {
    name: "= for += in the sum over examples",
    formula: { db2: "last column of dZ2 / m", db1: "last column of dZ1 / m" },
    numpy: { db2: "db2 = dZ2[:, i:i+1] / m  # in the loop", db1: "db1 = dZ1[:, i:i+1] / m  # in the loop" },
    rules: { db2: s => map(s.b2, (_, i) => s.dZ2[i][s.m - 1] / s.m), db1: s => map(s.b1, (_, i) => s.dZ1[i][s.m - 1] / s.m) },
    spoils: ["b1", "b2"],
    says: "Only the last example is left.",
    never: s => s.m === 1 ? "with one example the last is all" : "",
  },
  axis: {
    name: "np.sum without axis=1 in db1",
    formula: { db1: "sum of all of dZ1 / m" },
    numpy: { db1: "db1 = np.sum(dZ1) / m" },
    rules: { db1: s => { const all = s.dZ1.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0); return map(s.b1, () => all / s.m); } },
    spoils: ["b1"],
    says: "One number for all units, which broadcasting hides; db2 has one unit, so it stays right.",
    never: s => s.W1.length === 1 ? "with one unit its row is all of dZ1" : "",
  },
  input: {
    name: "Z1 for A1 in dW2",
    formula: { dW2: "dZ2 Z1ᵀ / m" },
    numpy: { dW2: "dW2 = np.dot(dZ2, Z1.T) / m" },
    rules: { dW2: s => divide(timesTransposed(s.dZ2, s.Z1), s.m) },
    spoils: ["W2"],
    says: "A weight's derivative takes what came in through it, and that is A1.",
    never: (s, g) => g === "identity" ? "A1 is Z1" : "",
  },
  mean: {
    name: "no 1/m",
    formula: { dW2: "dZ2 A1ᵀ", db2: "sum over the examples of dZ2", dW1: "dZ1 Xᵀ", db1: "sum over the examples of dZ1" },
    numpy: {
      dW2: "dW2 = np.dot(dZ2, A1.T)", db2: "db2 = np.sum(dZ2, axis=1, keepdims=True)",
      dW1: "dW1 = np.dot(dZ1, X.T)", db1: "db1 = np.sum(dZ1, axis=1, keepdims=True)",
    },
    rules: {
      dW2: s => timesTransposed(s.dZ2, s.A1), db2: s => rowSums(s.dZ2),
      dW1: s => timesTransposed(s.dZ1, s.X), db1: s => rowSums(s.dZ1),
    },
    spoils: ["W1", "b1", "W2", "b2"],
    says: "The direction is right, the length m times too long.",
    never: s => s.m === 1 ? "m is 1" : "",
  },
  twice: {
    name: "1/m in dZ2 and in dW, db",
    formula: { dZ2: "(A2 - Y) / m" },
    numpy: { dZ2: "dZ2 = (A2 - Y) / m" },
    rules: { dZ2: s => map(s.A2, (a, i, j) => (a - s.Y[i][j]) / s.m) },
    spoils: ["W1", "b1", "W2", "b2"],
    says: "1/m belongs in one place: in dZ2, if dZ is to be about J, or in dW and db, if it is about L.",
    never: s => s.m === 1 ? "m is 1" : "",
  },
  sign: {
    name: "Y - A2 for A2 - Y",
    formula: { dZ2: "Y - A2" },
    numpy: { dZ2: "dZ2 = Y - A2" },
    rules: { dZ2: s => map(s.A2, (a, i, j) => s.Y[i][j] - a) },
    spoils: ["W1", "b1", "W2", "b2"],
    says: "Every derivative points the other way: a step goes uphill.",
    never: () => "",
  },
  sigmoid: {
    name: "the sigmoid's slope once more in dZ2",
    formula: { dZ2: "(A2 - Y) * A2 (1 - A2)" },
    numpy: { dZ2: "dZ2 = (A2 - Y) * A2 * (1 - A2)" },
    rules: { dZ2: s => map(s.A2, (a, i, j) => (a - s.Y[i][j]) * a * (1 - a)) },
    spoils: ["W1", "b1", "W2", "b2"],
    says: "A2 - Y already holds it: it cancelled against the loss. With it, it is the gradient of half the squared error.",
    never: () => "",
  },
  loss: {
    name: "dA2 for dZ2",
    formula: { dZ2: "-Y / A2 + (1 - Y) / (1 - A2)" },
    numpy: { dZ2: "dZ2 = -Y / A2 + (1 - Y) / (1 - A2)" },
    rules: { dZ2: s => map(s.A2, (a, i, j) => -s.Y[i][j] / a + (1 - s.Y[i][j]) / (1 - a)) },
    spoils: ["W1", "b1", "W2", "b2"],
    says: "That is how the loss moves with A2; the link from A2 to Z2, the sigmoid's slope, is missing.",
    never: () => "",
  },
};

/** The backward pass with a mistake in it; without one, the right one. */
const rulesWith = mistake => ({ ...BACKWARD, ...MISTAKES[mistake]?.rules });

/** What the mistake writes for a symbol: a formula or a NumPy line; undefined where it leaves it alone. */
function mistaken(mistake, kind, symbol, g) {
  const text = MISTAKES[mistake]?.[kind][symbol];
  return typeof text === "function" ? text(g) : text;
}
