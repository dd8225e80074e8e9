// TensorFlow.js on its processor backend, reverse mode, f32. Written for 4.22: npm install @tensorflow/tfjs beside where it is run.
let tf;
try {
  tf = require(require.resolve("@tensorflow/tfjs", { paths: [process.cwd(), __dirname] }));
} catch {
  console.error("TensorFlow.js is missing: npm install @tensorflow/tfjs");
  process.exit(1);
}
const { serve, numbers, Cannot } = require("./serve.js");
tf.env().set("PROD", true);
tf.setBackend("cpu");

const E = {};
for (const name of "relu abs sign sqrt rsqrt exp log log1p expm1 sin cos cosh tanh square acos asinh atan erf sigmoid softplus floor ceil round relu6 selu maximum minimum where pow atan2 add sub mul div neg stack max min sum mean prod softmax dot".split(" ")) E[name] = tf[name];
Object.assign(E, {
  logsigmoid: tf.logSigmoid, fabs: tf.abs, relu_module: tf.relu, relu_inplace: x => tf.relu(tf.mul(x, 1)), gt: tf.greater, ge: tf.greaterEqual, lt: tf.less, le: tf.lessEqual, equal: tf.equal,
  full: (x, v) => tf.fill(x.shape, v), maximum_scalar: (x, v) => tf.maximum(x, v), power: (x, p) => tf.pow(x, p), as_float: (m, _) => tf.cast(m, "float32"),
  clip: (x, a, b) => tf.clipByValue(x, a === null ? -Infinity : a, b === null ? Infinity : b), leaky_relu: (x, a) => tf.leakyRelu(x, a), prelu: (x, a) => tf.prelu(x, tf.scalar(a)),
  elu: (x, a) => { if (a !== 1) throw new Cannot("no elu but of 1"); return tf.elu(x); }, remainder: tf.mod, heaviside: (x, _) => tf.step(x), stack_last: xs => tf.stack(xs, -1), reciprocal: tf.reciprocal,
  max0: t => tf.max(t, 0), amax0: t => tf.max(t, 0), max_axis: t => tf.max(t, 0), amax: t => tf.max(t), amin: t => tf.min(t), sum0: t => tf.sum(t, 0), logsumexp: t => tf.logSumExp(t), logsumexp0: t => tf.logSumExp(t, 0),
  norm: (t, p) => tf.norm(t, p), norm0: (t, p) => tf.norm(t, p, 0), topk: (t, k) => tf.topk(t, k).values, topk_last: (t, k) => tf.topk(t, k).values, log_softmax: t => tf.logSoftmax(t), cumprod: t => tf.cumprod(t),
  at: (t, i) => tf.gather(t, i), at_last: (t, i) => tf.gather(t, i, t.rank - 1), between: (t, a, b) => tf.slice(t, [a], [(b === null ? t.shape[0] : b < 0 ? t.shape[0] + b : b) - a]),
  as_column: t => tf.expandDims(t, 1), as_row: t => tf.expandDims(t, 0), row: (_, v) => tf.tensor1d(v), one_cold: (x, k) => tf.tensor1d(Array.from({ length: x.shape[0] }, (_, i) => i === k ? 0 : 1)),
  var: t => tf.moments(t).variance.mul(t.shape[0] / (t.shape[0] - 1)), l1_loss: (x, y) => tf.losses.absoluteDifference(y, x, undefined, tf.Reduction.NONE), huber: (x, y, d) => tf.losses.huberLoss(y, x, undefined, d, tf.Reduction.NONE),
  max_pool2d: (x, k, s, p) => tf.transpose(tf.maxPool(tf.transpose(x, [0, 2, 3, 1]), k, s, p), [0, 3, 1, 2]), reshape_max: x => tf.max(tf.reshape(x, [2, 2, 2, 2]), [1, 3]), global_max: x => tf.max(x, [2, 3]),
});

function ask(f, q) {
  return tf.tidy(() => {
    const xs = q.inputs.map(x => tf.tensor(x.data, x.shape, "float32"));
    const y = f(xs);
    const answer = { value: { shape: y.shape, data: numbers(y.dataSync()) } };
    const c = tf.tensor(Array.from({ length: y.size }, (_, i) => q.cotangent[i % q.cotangent.length]), y.shape, "float32");
    answer.vjp = xs.map((x, i) => {
      try {
        return numbers(tf.grad(v => f(xs.map((u, j) => j === i ? v : u)))(x, c).dataSync());
      } catch (e) {
        if (String(e.message).startsWith("Cannot compute gradient of y=f(x)")) return null;
        throw e;
      }
    });
    return answer;
  });
}

serve(E, { engine: "TensorFlow.js", version: tf.version.tfjs, mode: "processor", formats: ["f32"] }, ask);
