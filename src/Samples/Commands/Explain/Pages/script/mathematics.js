// A matrix is an array of rows. The equations stand in the order in which they are computed; each takes what was computed before it.
const zeros = (rows, columns) => Array.from({ length: rows }, () => new Float64Array(columns));

function make(rows, columns, f) {
  const A = zeros(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) A[i][j] = f(i, j);
  return A;
}

function map(A, f) {
  const B = zeros(A.length, A[0].length);
  for (let i = 0; i < A.length; i++) for (let j = 0, from = A[i], to = B[i]; j < to.length; j++) to[j] = f(from[j], i, j);
  return B;
}

const transpose = A => make(A[0].length, A.length, (i, j) => A[j][i]);
const rowSums = A => A.map(row => Float64Array.of(row.reduce((sum, x) => sum + x, 0)));
const divide = (A, by) => map(A, x => x / by);

function multiply(A, B) {
  const C = zeros(A.length, B[0].length);
  for (let i = 0; i < A.length; i++) {
    for (let k = 0; k < B.length; k++) {
      const a = A[i][k], from = B[k], to = C[i];
      for (let j = 0; j < to.length; j++) to[j] += a * from[j];
    }
  }
  return C;
}

/** A Bᵀ: rows times rows, which is how a sum over the examples lies in memory. */
function timesTransposed(A, B) {
  return make(A.length, B.length, (i, j) => {
    const a = A[i], b = B[j];
    let sum = 0;
    for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
    return sum;
  });
}

// e^-|z| never overflows, so both tails are exact.
function logistic(z) {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
}

const logOnePlusExp = z => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
const lossOf = (z2, y) => logOnePlusExp(z2) - y * z2;

// The normal distribution function: a series of positive terms in the middle, a continued fraction in the tails.
function normalBelow(z) {
  const x = Math.abs(z) / Math.SQRT2;
  let inner = x;
  if (x < 2.5) {
    for (let n = 1, term = x; n < 80; n++) inner += (term *= 2 * x * x / (2 * n + 1));
    inner *= Math.exp(-x * x) / Math.sqrt(Math.PI);
    return z < 0 ? 0.5 - inner : 0.5 + inner;
  }
  for (let n = 80; n > 0; n--) inner = x + n / 2 / inner;
  const tail = Math.exp(-x * x) / Math.sqrt(Math.PI) / inner / 2;
  return z < 0 ? tail : 1 - tail;
}

const normalDensity = z => Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);

// g, its derivative, and whether g or g' has a kink at 0.
const ACTIVATIONS = {
  tanh: { value: Math.tanh, slope: z => 1 - Math.tanh(z) ** 2 },
  sigmoid: { value: logistic, slope: z => logistic(z) * (1 - logistic(z)) },
  relu: { value: z => Math.max(z, 0), slope: z => z > 0 ? 1 : 0, hasKink: true },
  "leaky-relu": { value: z => z > 0 ? z : 0.01 * z, slope: z => z > 0 ? 1 : 0.01, hasKink: true },
  elu: { value: z => z > 0 ? z : Math.expm1(z), slope: z => z > 0 ? 1 : Math.exp(z), hasKink: true },
  gelu: { value: z => z * normalBelow(z), slope: z => normalBelow(z) + z * normalDensity(z) },
  silu: { value: z => z * logistic(z), slope: z => logistic(z) * (1 + z * (1 - logistic(z))) },
  softplus: { value: logOnePlusExp, slope: logistic },
  identity: { value: z => z, slope: () => 1 },
};

const FORWARD = {
  Z1: s => map(multiply(s.W1, s.X), (z, i) => z + s.b1[i][0]),
  A1: s => map(s.Z1, s.g.value),
  Z2: s => map(multiply(s.W2, s.A1), z => z + s.b2[0][0]),
  A2: s => map(s.Z2, logistic),
  L: s => map(s.Z2, (z, i, j) => lossOf(z, s.Y[i][j])),
  J: s => divide(rowSums(s.L), s.m),
};

const BACKWARD = {
  dZ2: s => map(s.A2, (a, i, j) => a - s.Y[i][j]),
  dW2: s => divide(timesTransposed(s.dZ2, s.A1), s.m),
  db2: s => divide(rowSums(s.dZ2), s.m),
  dA1: s => multiply(transpose(s.W2), s.dZ2),
  "g'(Z1)": s => map(s.Z1, s.g.slope),
  dZ1: s => map(s.dA1, (d, i, j) => d * s["g'(Z1)"][i][j]),
  dW1: s => divide(timesTransposed(s.dZ1, s.X), s.m),
  db1: s => divide(rowSums(s.dZ1), s.m),
};

const BLOCKS = ["W1", "b1", "W2", "b2"];
const ORDER = ["X", "Y", "W1", "b1", "Z1", "A1", "W2", "b2", "Z2", "A2", "L", "J", ...Object.keys(BACKWARD)];
const FIRST_BACKWARD = ORDER.indexOf("dZ2");

/** Computes the symbols of `rules` from the given ones. */
function compute(given, rules) {
  const s = { ...given };
  for (const symbol in rules) s[symbol] = rules[symbol](s);
  return s;
}

/** The parameters after a step along their derivatives. */
const stepped = (parameters, s, alpha) =>
  Object.fromEntries(BLOCKS.map(b => [b, map(parameters[b], (w, i, j) => w - alpha * s["d" + b][i][j])]));
