"""TensorFlow: eager, on a processor; with XLA=1 in the environment compiled by XLA, reverse mode only. Written for 2.21."""
import os, sys
here = sys.path.pop(0)                                  # this file has the engine's name
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
try:
    import tensorflow as tf
except ImportError:
    sys.exit("TensorFlow is missing: pip install tensorflow")
sys.path.append(here)
from serve import Base, cycled, flat, inf, numbers, serve

DT = {"f64": tf.float64, "f32": tf.float32, "bf16": tf.bfloat16, "f16": tf.float16}
XLA = os.environ.get("XLA") == "1"
nn, m, np = tf.nn, tf.math, tf.experimental.numpy
like = lambda v, x: tf.constant(v, x.dtype)

class E(Base):
    pass

for names, where in (
    ("abs sign sqrt exp sin cos cosh tanh square acos asinh atan sigmoid maximum minimum where floor round pow stack sort clip_by_norm stop_gradient", tf),
    ("rsqrt log log1p expm1 erf erfc softplus ceil xlogy atan2 divide_no_nan cumprod", m),
    ("relu selu relu6 softsign softmax log_softmax silu", nn),
    ("hypot trunc sinc logaddexp amax amin ptp cbrt", np)):
    for name in names.split():
        if hasattr(where, name):
            setattr(E, name, staticmethod(getattr(where, name)))
for name, f in dict(
    logsigmoid=m.log_sigmoid, full=lambda x, v: tf.fill(tf.shape(x), like(v, x)), maximum_scalar=lambda x, v: tf.maximum(x, like(v, x)), remainder=m.floormod,
    clip=lambda x, a, b: tf.clip_by_value(x, like(-inf if a is None else a, x), like(inf if b is None else b, x)), as_float=lambda c, x: tf.cast(c, x.dtype),
    stack_last=lambda xs: tf.stack(xs, -1), max0=lambda t: tf.reduce_max(t, 0), sort0=lambda t: tf.sort(t, 0), sum0=lambda t: tf.reduce_sum(t, 0), logsumexp0=lambda t: tf.reduce_logsumexp(t, 0),
    topk=lambda t, k: m.top_k(t, k).values, topk_last=lambda t, k: m.top_k(t, k).values, norm=lambda t, p: tf.norm(t, p), norm0=lambda t, p: tf.norm(t, p, 0), leaky_relu=nn.leaky_relu,
    elu=lambda x, a: tf.keras.activations.elu(x, a), celu=lambda x, a: tf.keras.ops.celu(x, a), hardsigmoid=lambda x: tf.keras.ops.hard_sigmoid(x), hardswish=lambda x: tf.keras.ops.hard_silu(x),
    softshrink=lambda x, a: tf.keras.ops.soft_shrink(x, a), hardshrink=lambda x, a: tf.keras.ops.hard_shrink(x, a), threshold=lambda x, t, v: tf.keras.ops.threshold(x, t, v), mish=lambda x: tf.keras.activations.mish(x),
    hardtanh=lambda x, a, b: tf.keras.ops.hard_tanh(x) if (a, b) == (-1.0, 1.0) else tf.clip_by_value(x, like(a, x), like(b, x)), heaviside=lambda x, v: np.heaviside(x, like(v, x)),
    max=tf.reduce_max, min=tf.reduce_min, sum=tf.reduce_sum, mean=tf.reduce_mean, prod=tf.reduce_prod, max_axis=lambda x: tf.reduce_max(x, 0), sort_descending=lambda x: tf.sort(x, direction="DESCENDING"),
    median=lambda x: tf.keras.ops.median(x), quantile=lambda x, q: tf.keras.ops.quantile(x, q), logcumsumexp=m.cumulative_logsumexp, logsumexp=tf.reduce_logsumexp, dot=lambda x, y: tf.tensordot(x, y, 1),
    normalize=m.l2_normalize, row=lambda x, v: like(v, x), one_cold=lambda x, k: 1.0 - tf.one_hot(k, x.shape[0], dtype=x.dtype), diag=lambda x: tf.linalg.diag(x), segment_max=lambda x, i, n: m.unsorted_segment_max(x, tf.constant(i), n),
    reshape_max=lambda x: tf.reduce_max(tf.reshape(x, (2, 2, 2, 2)), (1, 3)), global_max=lambda x: tf.reduce_max(x, (2, 3)), gather_argsort=lambda x: tf.gather(x, tf.argsort(x, stable=True)), fmod=lambda x, y: tf.raw_ops.TruncateMod(x=x, y=y),
    max_pool2d=lambda x, k, s, p: tf.transpose(nn.max_pool2d(tf.transpose(x, [0, 2, 3, 1]), k, s, [[0, 0], [p, p], [p, p], [0, 0]] if p else "VALID"), [0, 3, 1, 2]), m_det=lambda a: tf.linalg.det(a), m_inv=lambda a: tf.linalg.inv(a),
    m_svdvals=lambda a: tf.linalg.svd(a, compute_uv=False), m_cholesky=lambda a: tf.linalg.cholesky(a), m_norm_fro=lambda a: tf.norm(a), m_slogdet=lambda a: tf.linalg.slogdet(a)[1], m_sqrtm=lambda a: tf.linalg.sqrtm(a)).items():
    setattr(E, name, staticmethod(f))

def tensor(data, shape, dtype):
    return tf.cast(tf.reshape(tf.constant(data, tf.float64), shape), dtype)

def out(y):
    return numbers(flat(tf.cast(tf.convert_to_tensor(y), tf.float64).numpy().tolist()))

def ask(f, q):
    dtype = DT[q["format"]]
    xs = [tensor(x["data"], x["shape"], dtype) for x in q["inputs"]]
    g = lambda *a: f(E, *a)
    g = tf.function(g, jit_compile=True) if XLA else g
    with tf.GradientTape(persistent=True) as tape:
        for x in xs:
            tape.watch(x)
        y = g(*xs)
    value = out(y)
    shape = list(y.shape)
    slopes = tape.gradient(y, xs, tensor(cycled(q["cotangent"], len(value)), shape, y.dtype))
    answer = {"value": {"shape": shape, "data": value}, "vjp": [None if v is None else out(v) for v in slopes]}
    if not XLA:
        answer["jvp"] = []
        for ts in q["tangents"]:
            with tf.autodiff.ForwardAccumulator(xs, [tensor(t, x["shape"], dtype) for t, x in zip(ts, q["inputs"])]) as forward:
                y = g(*xs)
            d = forward.jvp(y)
            answer["jvp"].append([0.0] * len(value) if d is None else out(d))
    return answer

if __name__ == "__main__":
    serve({"engine": "TensorFlow", "version": tf.__version__, "mode": "xla" if XLA else "eager", "formats": list(DT)}, ask)
