// Drawings are SVG text of the width that they have on the screen, so letters stay as large as the page's.
const escapeText = text => String(text).replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
const widthOf = (svg, least = 260) => Math.max(least, Math.round(svg.parentElement.clientWidth));

function drawInto(svg, width, height, content, description) {
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-label", description);
  svg.innerHTML = content;
}

/** Round numbers within a range, about `count` of them. */
function ticks(low, high, count) {
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(f => f * power).find(f => f >= rough * 0.7);
  const first = Math.ceil(low / step - 1e-9);
  return range(Math.max(0, Math.floor(high / step + 1e-9) - first + 1), k => +((first + k) * step).toPrecision(12));
}

/** Axes with ticks; `at` takes data to the drawing. */
function plot({ width, height, x, y, xName, yName, whole = false, isMirrored = false }) {
  const left = 62, right = 12, top = 12, bottom = 42;
  const scale = ([low, high], from, to) => v => from + (v - low) / (high - low || 1) * (to - from);
  const atX = scale(x, left, width - right), atY = scale(y, height - bottom, top);
  const xs = ticks(...x, Math.max(2, width / 90)).filter(v => !whole || Number.isInteger(v)), ys = ticks(...y, 4);
  const axes = `<g class="axes">` +
    ys.map(v => `<line class="rule" x1="${left}" x2="${width - right}" y1="${atY(v)}" y2="${atY(v)}"/><text x="${left - 6}" y="${atY(v) + 4}" text-anchor="end">${show(isMirrored ? Math.abs(v) : v, 9)}</text>`).join("") +
    xs.map(v => `<line class="tick" x1="${atX(v)}" x2="${atX(v)}" y1="${height - bottom}" y2="${height - bottom + 4}"/><text x="${atX(v)}" y="${height - bottom + 17}" text-anchor="middle">${show(v, 9)}</text>`).join("") +
    `<path class="frame" d="M${left} ${top}V${height - bottom}H${width - right}"/>` +
    `<text class="name" x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${escapeText(xName)}</text>` +
    `<text class="name" transform="translate(11 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeText(yName)}</text></g>`;
  return { axes, atX, atY, left, right: width - right, top, bottom: height - bottom };
}

const path = points => points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
const finite = values => values.filter(Number.isFinite);
const padded = (low, high, share = 0.06) => high > low ? [low - share * (high - low), high + share * (high - low)] : [low - 0.5, high + 0.5];
const MARKS = { // a label is told by its shape too: a full disc is 1, a hollow triangle 0
  1: (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  0: (x, y, r) => `M${x} ${y - 1.25 * r}l${1.15 * r} ${2 * r}h${-2.3 * r}z`,
};

/** The network at one example: numbers forward, dz backward, edges as thick as their weight, dashed where it is negative. Returns what is left out, said. */
function drawNetwork(svg, s, { example, at, windows, activation }) {
  const width = widthOf(svg), inputs = axisShown(windows.D, s.X.length, 6), units = axisShown(windows.H, s.W1.length, 6), few = inputs.length * units.length <= 9;
  const rows = Math.max(inputs.length, units.length), height = Math.max(230, rows * 66 + 46), r = 25;
  const column = [r + 8, width * 0.52, width - r - 8], middle = 20 + (height - 20) / 2, y = (k, n) => middle + (k - (n - 1) / 2) * Math.min(96, (height - 40) / n);
  const heaviest = Math.max(1, largest(units.flatMap(h => inputs.map(d => s.W1[h][d])), 0), largest(units.map(h => s.W2[0][h]), 0));
  let edges = "", weights = "", nodes = "";
  const placed = []; // where along its edge a weight has most room beside those that stand already
  const circles = [...inputs.map((_, q) => [column[0], y(q, inputs.length)]), ...units.map((_, k) => [column[1], y(k, units.length)]), [column[2], middle]];
  const isBeside = (x, y, half) => circles.every(([cx, cy]) => Math.hypot(Math.max(0, Math.abs(x - cx) - half), Math.max(0, Math.abs(y - cy) - 7)) > r + 1);
  const place = (x1, y1, x2, y2, text) => {
    const half = text.length * 3.5 + 2, along = range(31, k => 0.2 + 0.02 * k).map(t => [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t]);
    const free = along.filter(([x, y]) => isBeside(x, y, half));
    let best, most = -1;
    for (const [x, y] of free.length > 0 ? free : along) {
      if (most >= 1) break;
      const room = placed.reduce((least, [a, b, other]) => Math.min(least, Math.max(Math.abs(x - a) / (half + other), Math.abs(y - b) / 15)), 1);
      if (room > most) [best, most] = [[x, y, half], room];
    }
    placed.push(best);
    weights += `<text class="weight" x="${best[0].toFixed(1)}" y="${(best[1] + 4).toFixed(1)}" text-anchor="middle">${text}</text>`;
  };
  const edge = (id, x1, y1, x2, y2, w) => {
    edges += `<line class="edge ${w < 0 ? "negative" : "positive"}" data-cell="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke-width="${(0.8 + 4.2 * Math.abs(w) / heaviest).toFixed(2)}"${w < 0 ? ' stroke-dasharray="6 4"' : ""}/>`;
    if (few) place(x1, y1, x2, y2, show(w, 3));
  };
  const node = (x, yy, title, value, back) => `<g><circle cx="${x}" cy="${yy}" r="${r}"/><text class="title" ${title.length > 6 && x === column[0] ? 'x="2"' : `x="${x}" text-anchor="middle"`} y="${yy - r - 4}">${escapeText(title)}</text>` +
    `<text class="value" x="${x}" y="${yy + (back === "" ? 4 : -2)}" text-anchor="middle">${value}</text><text class="back" x="${x}" y="${yy + 13}" text-anchor="middle">${back}</text></g>`;
  const seen = symbol => at >= ORDER.indexOf(symbol), short = x => show(Math.abs(x) < 1 && Math.abs(x) >= 1e-3 ? +x.toFixed(3) : x, Math.abs(x) < 1e-3 ? 2 : 3), cut = text => text.length > 9 ? `${text.slice(0, 8)}…` : text;
  units.forEach((h, k) => {
    inputs.forEach((d, q) => edge(`W1:${h}:${d}`, column[0], y(q, inputs.length), column[1], y(k, units.length), s.W1[h][d]));
    edge(`W2:0:${h}`, column[1], y(k, units.length), column[2], middle, s.W2[0][h]);
    nodes += node(column[1], y(k, units.length), `unit ${h + 1}`, seen("A1") ? short(s.A1[h][example]) : "a1", seen("dZ1") ? short(s.dZ1[h][example]) : "");
  });
  inputs.forEach((d, q) => nodes += node(column[0], y(q, inputs.length), cut(DATA.features[d]), short(s.X[d][example]), ""));
  nodes += node(column[2], middle, "output", seen("A2") ? short(s.A2[0][example]) : "a2", seen("dZ2") ? short(s.dZ2[0][example]) : "");
  const drawn = s.X.length > inputs.length || s.W1.length > units.length ? `${inputs.length} of ${s.X.length} inputs and ${units.length} of ${s.W1.length} units are drawn.` : "";
  drawInto(svg, width, height, edges + weights + nodes, `The network (${s.X.length} inputs, ${s.W1.length} hidden units with ${activation}, one output) at row ${DATA.rows[example]}: ` +
    `probability ${show(s.A2[0][example])}, label ${s.Y[0][example]}${drawn && `; ${drawn}`}`);
  return drawn;
}

const axisShown = ({ from }, size, most) => range(Math.min(most, size - from), k => from + k);

/** J by epoch, with the drop that the gradient predicts for the next step. */
function drawCosts(svg, costs, at, predicted) {
  const width = widthOf(svg), height = 210, last = Math.max(1, costs.length - 1, at + 1);
  const usable = finite(costs);
  if (usable.length === 0) return drawInto(svg, width, height, `<text x="12" y="24">J is not a number.</text>`, "J is not a number");
  const low = Math.min(...usable, Math.max(predicted, Math.min(...usable) - 0.25)), y = padded(Math.min(low, ...usable), Math.max(...usable));
  const p = plot({ width, height, x: [0, last], y, xName: "epoch", yName: "J", whole: true });
  const points = costs.map((j, t) => [p.atX(t), p.atY(j)]).filter(([, v]) => Number.isFinite(v));
  const here = Number.isFinite(costs[at]) ? [p.atX(at), p.atY(costs[at])] : null;
  const drop = here && Number.isFinite(predicted) ? `<path class="predicted" d="${path([here, [p.atX(at + 1), Math.min(p.bottom, p.atY(predicted))]])}"/>` : "";
  drawInto(svg, width, height, p.axes + `<path class="curve" d="${path(points)}"/>` + drop + (here ? `<circle class="here" cx="${here[0]}" cy="${here[1]}" r="4.5"/>` : ""),
    `J by epoch: ${show(costs[0])} at epoch 0, ${show(costs[at])} at epoch ${at}; the gradient predicts ${show(predicted)} after the next step`);
}

/** J along the step, and the straight line that the gradient says. */
function drawAlong(svg, costAt, slope, alpha) {
  const width = widthOf(svg), height = 210, most = 2 * (alpha || 0.5);
  const curve = range(41, k => [k * most / 40, costAt(k * most / 40)]).filter(([, j]) => Number.isFinite(j));
  if (curve.length < 2) return drawInto(svg, width, height, `<text x="12" y="24">J is not a number along this step.</text>`, "J is not a number along this step");
  const start = curve[0][1], line = a => start - a * slope, costs = curve.map(([, j]) => j);
  const low = Math.min(...costs), y = padded(Math.max(Math.min(low, line(alpha)), low - 1.5 * (Math.max(...costs) - low) - 1e-9), Math.max(...costs));
  const p = plot({ width, height, x: [0, most], y, xName: "length of the step, α", yName: "J" });
  const end = line(most) >= y[0] ? most : (start - y[0]) / slope, after = costAt(alpha);
  drawInto(svg, width, height, p.axes + `<path class="predicted" d="${path([[p.atX(0), p.atY(start)], [p.atX(end), p.atY(line(end))]])}"/>` +
    `<path class="curve" d="${path(curve.map(([a, j]) => [p.atX(a), p.atY(j)]))}"/><line class="alpha" x1="${p.atX(alpha)}" x2="${p.atX(alpha)}" y1="${p.top}" y2="${p.bottom}"/>` +
    (Number.isFinite(after) ? `<circle class="here" cx="${p.atX(alpha)}" cy="${p.atY(after)}" r="4.5"/>` : ""),
    `J along the gradient: at α = ${show(alpha)} it is ${show(after)}, the straight line says ${show(line(alpha))}`);
}
