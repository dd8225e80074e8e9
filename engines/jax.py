"""JAX: op by op, on a processor; with JIT=1 in the environment, jitted. Written for 0.10."""
import os, sys
here = sys.path.pop(0)                                  # this file has the engine's name
try:
    import jax, jax.numpy as jnp
except ImportError:
    sys.exit("JAX is missing: pip install jax")
sys.path.append(here)
from serve import Base, numbers, serve

jax.config.update("jax_enable_x64", True)
DT = {"f64": jnp.float64, "f32": jnp.float32, "bf16": jnp.bfloat16, "f16": jnp.float16}
JIT = os.environ.get("JIT") == "1"

class E(Base):
    pass

for name in "abs fabs sign sqrt exp log log1p expm1 sin cos cosh tanh square maximum minimum fmax fmin where hypot copysign floor ceil round trunc remainder fmod sinc logaddexp max min sum mean sort median quantile prod dot cumprod ptp stack diag".split():
    setattr(E, name, staticmethod(getattr(jnp, name)))
for name in "relu sigmoid softplus leaky_relu elu celu selu relu6 softmax log_softmax logsumexp".split():
    setattr(E, name, staticmethod(getattr(jax.nn, name)))
for name, f in dict(
    rsqrt=jax.lax.rsqrt, acos=jnp.arccos, asinh=jnp.arcsinh, atan=jnp.arctan, atan2=jnp.arctan2, erf=jax.scipy.special.erf, erfc=jax.scipy.special.erfc, pow=jnp.power,
    xlogy=jax.scipy.special.xlogy, entr=jax.scipy.special.entr, hardsigmoid=jax.nn.hard_sigmoid, hardswish=jax.nn.hard_swish, softsign=jax.nn.soft_sign, logsigmoid=jax.nn.log_sigmoid,
    mish=jax.nn.mish, full=jnp.full_like, clip=jnp.clip, clip_tensor=jnp.clip, amax=jnp.max, amin=jnp.min, nan_to_num=jnp.nan_to_num, stop_gradient=jax.lax.stop_gradient,
    as_float=lambda m, x: m.astype(x.dtype), stack_last=lambda xs: jnp.stack(xs, -1), max0=lambda t: jnp.max(t, 0), amax0=lambda t: jnp.max(t, 0), sort0=lambda t: jnp.sort(t, 0),
    median0=lambda t: jnp.sort(t, 0)[(t.shape[0] - 1) // 2], sum0=lambda t: jnp.sum(t, 0), logsumexp0=lambda t: jax.nn.logsumexp(t, 0), norm=lambda t, p: jnp.linalg.norm(t, p),
    norm0=lambda t, p: jnp.linalg.norm(t, p, axis=0), topk=lambda t, k: jax.lax.top_k(t, k)[0], topk_last=lambda t, k: jax.lax.top_k(t, k)[0], max_axis=lambda t: jnp.max(t, 0),
    sort_descending=lambda t: jnp.sort(t, descending=True), cummax=lambda t: jax.lax.cummax(t), logcumsumexp=lambda t: jax.lax.cumlogsumexp(t), std=lambda t: jnp.std(t, ddof=1),
    var=lambda t: jnp.var(t, ddof=1), row=lambda x, v: jnp.array(v, x.dtype), one_cold=lambda x, k: jnp.array([float(i != k) for i in range(x.shape[0])], x.dtype),
    hardtanh=lambda x, a, b: jax.nn.hard_tanh(x) if (a, b) == (-1, 1) else jnp.clip(x, a, b), maximum_scalar=jnp.maximum, relu_module=lambda x: jnp.maximum(x, 0),
    quick_gelu=lambda x: x * jax.nn.sigmoid(1.702 * x), reshape_max=lambda x: x.reshape(2, 2, 2, 2).max((1, 3)), global_max=lambda x: x.max((2, 3)),
    m_det=jnp.linalg.det, m_inv=jnp.linalg.inv, m_svdvals=lambda a: jnp.linalg.svd(a, compute_uv=False)).items():
    setattr(E, name, staticmethod(f))

def ask(f, q):
    dtype = DT[q["format"]]
    xs = [jnp.array(x["data"], dtype).reshape(x["shape"]) for x in q["inputs"]]
    g = lambda *a: f(E, *a)
    g = jax.jit(g) if JIT else g
    y, vjp = jax.vjp(g, *xs)
    c = jnp.array([q["cotangent"][i % len(q["cotangent"])] for i in range(y.size)], y.dtype).reshape(y.shape)
    answer = {"value": {"shape": list(y.shape), "data": numbers(y.astype(jnp.float64).flatten())}, "vjp": [numbers(v.astype(jnp.float64).flatten()) for v in vjp(c)]}
    answer["jvp"] = [numbers(jax.jvp(g, tuple(xs), tuple(jnp.array(t, dtype).reshape(x.shape) for t, x in zip(ts, xs)))[1].astype(jnp.float64).flatten()) for ts in q["tangents"]]
    return answer

if __name__ == "__main__":
    serve({"engine": "JAX", "version": jax.__version__, "mode": "jit" if JIT else "eager", "formats": list(DT)}, ask)
