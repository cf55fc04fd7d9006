// What the network says now: the plane with its boundary for two features, the examples' probabilities for any other number.
const LEVELS = [0.1, 0.25, 0.5, 0.75, 0.9].map(p => Math.log(p / (1 - p))); // in log-odds, which bend less than probabilities
const GRID = 56;

const isRight = s => s.Y[0].filter((y, i) => s.A2[0][i] >= 0.5 === (y === 1)).length;

/** The part of one cell of the grid where z is above a level, as a polygon; crossings are interpolated, so the contour is smooth. */
function above(corners, level) {
  const polygon = [], cut = [];
  corners.forEach((a, k) => {
    const b = corners[(k + 1) % 4];
    if (a[2] >= level) polygon.push(a);
    if (a[2] >= level !== b[2] >= level) {
      const t = (level - a[2]) / (b[2] - a[2]), point = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
      polygon.push(point);
      cut.push(point);
    }
  });
  return { polygon, cut };
}

/** The region above a level and its border, as two paths; cells that lie wholly inside are joined into bars. */
function region(z, level, atX, atY) {
  let area = "", border = "";
  const isIn = (r, c) => z[r][c] >= level;
  for (let r = 0; r < GRID; r++) {
    let from = -1;
    for (let c = 0; c <= GRID; c++) {
      const count = c < GRID ? isIn(r, c) + isIn(r, c + 1) + isIn(r + 1, c) + isIn(r + 1, c + 1) : 0;
      if (count === 4 && from < 0) from = c;
      if (count < 4 && from >= 0) {
        area += path([[atX(from), atY(r)], [atX(c), atY(r)], [atX(c), atY(r + 1)], [atX(from), atY(r + 1)]]) + "z";
        from = -1;
      }
      if (count === 0 || count === 4) continue;
      const corners = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1]].map(([q, p]) => [atX(q), atY(p), z[p][q]]);
      const { polygon, cut } = above(corners, level);
      area += path(polygon) + "z";
      for (let k = 0; k + 1 < cut.length; k += 2) border += path([cut[k], cut[k + 1]]);
    }
  }
  return { area, border };
}

/** The plane of two features. Returns what finds the example nearest to a point of the drawing. */
function drawPlane(svg, s, example) {
  const width = Math.min(widthOf(svg), 460), height = Math.round(width * 0.86);
  const [x, y] = s.X.map(row => padded(row.reduce((a, b) => Math.min(a, b)), row.reduce((a, b) => Math.max(a, b)), 0.12));
  const p = plot({ width, height, x, y, xName: DATA.features[0], yName: DATA.features[1] });
  const at = ([low, high], k) => low + (high - low) * k / GRID;
  const z = range(GRID + 1, r => Float64Array.from({ length: GRID + 1 }, (_, c) => {
    let sum = s.b2[0][0];
    for (let h = 0; h < s.W1.length; h++) sum += s.W2[0][h] * s.g.value(s.W1[h][0] * at(x, c) + s.W1[h][1] * at(y, r) + s.b1[h][0]);
    return sum;
  }));
  const atX = c => p.atX(at(x, c)), atY = r => p.atY(at(y, r));
  const regions = LEVELS.map(level => region(z, level, atX, atY));
  const r = s.m > 150 ? 3.2 : s.m > 40 ? 4.5 : 6.5, position = i => [p.atX(s.X[0][i]), p.atY(s.X[1][i])];
  const marks = label => range(s.m, i => i).filter(i => s.Y[0][i] === label).map(i => MARKS[label](...position(i).map(v => +v.toFixed(1)), r)).join("");
  const [ex, ey] = position(example);
  const names = ["ground", ...LEVELS.map((_, k) => `level${k}`)], share = (p.right - p.left) / names.length;
  const colours = names.map((name, k) => `<rect class="${name}" x="${p.left + k * share}" y="${height + 18}" width="${share}" height="12"/>`).join("") +
    `<g class="axes"><rect class="frame" x="${p.left}" y="${height + 18}" width="${p.right - p.left}" height="12"/>` + [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((v, k) =>
      `<text x="${p.left + k * share}" y="${height + 43}" text-anchor="middle">${v}</text>`).join("") + `<text class="name" x="${(p.left + p.right) / 2}" y="${height + 60}" text-anchor="middle">probability of a 1</text></g>`;
  drawInto(svg, width, height + 66, colours + `<rect class="ground" x="${p.left}" y="${p.top}" width="${p.right - p.left}" height="${p.bottom - p.top}"/>` +
    regions.map(({ area }, k) => `<path class="level${k}" d="${area}"/>`).join("") + p.axes + `<path class="boundary" d="${regions[2].border}"/>` +
    `<path class="mark zero" d="${marks(0)}"/><path class="mark one" d="${marks(1)}"/><circle class="chosen" cx="${ex}" cy="${ey}" r="${r + 5}"/>`,
    `The plane of ${DATA.features[0]} and ${DATA.features[1]} with the line where the probability is 0.5; ${isRight(s)} of ${s.m} examples lie on their side of it`);
  return (px, py) => range(s.m, i => i).reduce((best, i) => {
    const d = Math.hypot(position(i)[0] - px, position(i)[1] - py);
    return d < best[1] ? [i, d] : best;
  }, [example, Infinity])[0];
}

/** How many examples have which probability, label by label. */
function drawProbabilities(svg, s, example) {
  const width = widthOf(svg), height = 240, bins = [0, 1].map(() => new Array(20).fill(0)), side = isRight(s);
  for (let i = 0; i < s.m; i++) bins[s.Y[0][i]][Math.min(19, Math.floor(s.A2[0][i] * 20) || 0)]++;
  const most = Math.max(...bins.flat());
  const p = plot({ width, height, x: [0, 1], y: [-most, most], xName: "probability of a 1", yName: "examples: 0 below, 1 above", isMirrored: true });
  const bars = bins.flatMap((counts, label) => counts.map((n, k) => {
    const [top, bottom] = [p.atY(0), p.atY(label ? n : -n)].sort((u, v) => u - v);
    return `<rect class="bar ${label ? "one" : "zero"}" x="${p.atX(k / 20) + 1}" y="${top}" width="${p.atX(0.05) - p.atX(0) - 2}" height="${bottom - top}"/>`;
  })).join("");
  const upright = (name, at) => `<line class="${name}" x1="${p.atX(at)}" x2="${p.atX(at)}" y1="${p.top}" y2="${p.bottom}"/>`;
  drawInto(svg, width, height, p.axes + bars + upright("boundary", 0.5) + (s.A2[0][example] >= 0 ? upright("predicted", s.A2[0][example]) : ""),
    `Probabilities: ${side} of ${s.m} examples are on their side of 0.5`);
}
