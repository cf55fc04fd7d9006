'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const json = id => JSON.parse(document.getElementById(id).textContent);

  // Readings: the point nearest to the pointer, or the next one by arrow keys, in words below the picture.
  for (const plot of all('.plot[data-readings]')) {
    const readings = JSON.parse(plot.dataset.readings), svg = plot.querySelector('svg');
    const cursor = svg.querySelector('.cursor'), words = plot.querySelector('.reading');
    let at = -1;
    const read = k => {
      at = k;
      const [x, y, text] = readings[k];
      cursor.setAttribute('cx', x);
      cursor.setAttribute('cy', y);
      cursor.classList.add('on');
      words.textContent = text;
    };
    svg.addEventListener('pointermove', event => {
      const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
      const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
      let best = 0, least = Infinity;
      readings.forEach(([px, py], k) => {
        const distance = (px - x) ** 2 + (py - y) ** 2;
        if (distance < least) [best, least] = [k, distance];
      });
      read(best);
    });
    plot.addEventListener('keydown', event => {
      const last = readings.length - 1;
      const to = { ArrowRight: Math.min(last, at + 1), ArrowLeft: Math.max(0, at - 1), Home: 0, End: last }[event.key];
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      read(to);
    });
  }

  // The threshold: counts at each of its steps come from the program; all else follows from two of them.
  const slider = document.getElementById('threshold');
  if (slider) {
    const { steps, positives, negatives, z, counts } = json('counts');
    const fixed = (value, digits = 3) => Number.isFinite(value) ? value.toFixed(digits) : '–';
    const percent = value => Number.isFinite(value) ? (100 * value).toFixed(1) + '\u00a0%' : '–';
    const count = value => value.toLocaleString('en-US');
    const put = (name, text) => all(`[data-figure="${name}"]`).forEach(e => { e.textContent = text; });
    const interval = (k, n) => {
      if (n === 0) return [0, 1];
      const share = k / n, z2 = z * z / n, middle = (share + z2 / 2) / (1 + z2);
      const half = z / (1 + z2) * Math.sqrt(share * (1 - share) / n + z2 / 4 / n);
      return [Math.max(0, middle - half), Math.min(1, middle + half)];
    };
    const scaled = svg => {
      const [x0, x1, left, right, y0, y1, floor, top] = svg.dataset.scale.split(' ').map(Number);
      return [v => left + (v - x0) / (x1 - x0) * (right - left), v => floor + (v - y0) / (y1 - y0) * (top - floor)];
    };
    const set = (element, values) => { for (const name in values) element.setAttribute(name, values[name]); };
    const mark = (curve, kx, nx, ky, ny) => {
      const group = document.querySelector(`.threshold[data-curve="${curve}"]`);
      if (!group) return;
      const isDefined = nx > 0 && ny > 0;
      group.style.display = isDefined ? '' : 'none';
      if (!isDefined) return;
      const [X, Y] = scaled(group.ownerSVGElement), [across, up] = group.querySelectorAll('line');
      const x = X(kx / nx), y = Y(ky / ny), [xl, xh] = interval(kx, nx).map(X), [yl, yh] = interval(ky, ny).map(Y);
      set(across, { x1: xl, x2: xh, y1: y, y2: y });
      set(up, { x1: x, x2: x, y1: yl, y2: yh });
      set(group.querySelector('circle'), { cx: x, cy: y });
    };
    const show = step => {
      const [tp, fp] = counts[step], fn = positives - tp, tn = negatives - fp, threshold = step / steps;
      put('threshold', fixed(threshold, 2));
      for (const [name, value, of] of [['tp', tp, positives], ['fn', fn, positives], ['fp', fp, negatives], ['tn', tn, negatives]]) {
        put(name, count(value));
        put(name + '-share', percent(value / of));
      }
      put('accuracy', fixed((tp + tn) / (positives + negatives)));
      put('precision', fixed(tp / (tp + fp)));
      put('recall', fixed(tp / positives));
      put('f1', fixed(2 * tp / (2 * tp + fp + fn)));
      mark('roc', fp, negatives, tp, positives);
      mark('pr', tp, positives, tp, tp + fp);
      for (const line of all('line[data-curve="histogram"]')) {
        const x = scaled(line.ownerSVGElement)[0](threshold);
        set(line, { x1: x, x2: x });
      }
      all('#thresholds tbody tr').forEach(row =>
        row.classList.toggle('current', Math.abs(parseFloat(row.firstElementChild.textContent) - threshold) < 1e-9));
    };
    slider.addEventListener('input', () => show(+slider.value));
    show(+slider.value);
  }

  // The boundary, epoch by epoch.
  const stage = document.getElementById('stage');
  if (stage) {
    const stages = all('#boundary .stage');
    const show = k => {
      stages.forEach((group, i) => { group.style.display = i === k ? '' : 'none'; });
      const words = stages[k].dataset.name;
      all('[data-figure="stage"]').forEach(e => { e.textContent = words; });
      stage.setAttribute('aria-valuetext', words);
    };
    stage.addEventListener('input', () => show(+stage.value));
    show(+stage.value);
  }

  all('.control').forEach(control => { control.hidden = false; });
})();
