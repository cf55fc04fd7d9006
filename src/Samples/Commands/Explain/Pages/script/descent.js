// Gradient descent that can be slid back: the cost of every epoch is kept, the parameters of every sixteenth, the rest is computed anew.
const STRIDE = 16;

class Descent {
  /** @param parameters where it starts; @param symbols computes all symbols from parameters, a mistake and α. */
  constructor(parameters, symbols) {
    this.symbols = symbols;
    this.parameters = parameters;
    this.at = 0;
    this.kept = [parameters];
    this.steps = []; // the α and the mistake of each
    this.costs = [];
  }

  get last() {
    return this.steps.length;
  }

  /** Takes steps from here; epochs that lay ahead are given up. */
  descend(count, alpha, mistake) {
    this.steps.length = this.at;
    this.costs.length = this.at;
    this.kept.length = Math.floor(this.at / STRIDE) + 1;
    for (let k = 0; k < count; k++) {
      const s = this.symbols(this.parameters, mistake, alpha);
      this.costs[this.at] = s.J[0][0];
      this.steps.push({ alpha, mistake });
      this.parameters = stepped(this.parameters, s, alpha);
      this.at++;
      if (this.at % STRIDE === 0) this.kept.push(this.parameters);
    }
  }

  /** Goes to an epoch that was reached before. */
  goTo(epoch) {
    let t = Math.floor(epoch / STRIDE) * STRIDE;
    this.parameters = this.kept[t / STRIDE];
    for (; t < epoch; t++) {
      const { alpha, mistake } = this.steps[t];
      this.parameters = stepped(this.parameters, this.symbols(this.parameters, mistake, alpha), alpha);
    }
    this.at = epoch;
  }
}
