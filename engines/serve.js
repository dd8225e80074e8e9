// What adapters in JavaScript share: the loop of the protocol, and spellings evaluated from their trees.
const readline = require("readline");

const real = v => v === "NaN" ? NaN : v === "Infinity" ? Infinity : v === "-Infinity" ? -Infinity : v;
const numbers = values => Array.from(values, v => Number.isNaN(v) ? "NaN" : v === Infinity ? "Infinity" : v === -Infinity ? "-Infinity" : v);

class Cannot extends Error {}

// A number stands for itself, {x: i} is an argument, [name, …] an operation of E.
function run(E, tree, x) {
  if (Array.isArray(tree)) {
    const f = E[tree[0]];
    if (!f) throw new Cannot("no " + tree[0]);
    return f(...tree.slice(1).map(t => run(E, t, x)));
  }
  if (tree !== null && typeof tree === "object") return "x" in tree ? x[tree.x] : "text" in tree ? tree.text : tree.list.map(t => run(E, t, x));
  return real(tree);
}

// Answers questions until the input ends; ask(f, question) gives an answer, or throws.
function serve(E, hello, ask) {
  readline.createInterface({ input: process.stdin }).on("line", line => {
    const q = JSON.parse(line);
    let answer;
    if (q.op === "hello") {
      answer = { protocol: 1, ...hello };
    } else {
      try {
        for (const x of q.inputs) x.data = x.data.map(real);
        answer = ask(x => run(E, q.tree, x), q);
      } catch (e) {
        answer = { cannot: (e instanceof Cannot ? "" : "it raised ") + String(e.message).slice(0, 160) };
      }
    }
    process.stdout.write(JSON.stringify({ id: q.id, ...answer }, (_, v) => Object.is(v, -0) ? MINUS_ZERO : v).replaceAll(`"${MINUS_ZERO}"`, "-0.0") + "\n");
  });
}
const MINUS_ZERO = "minus zero";                        // JSON.stringify writes -0 as 0

module.exports = { serve, numbers, Cannot };
