"""PaddlePaddle: dynamic graphs, on a processor, reverse mode. Written for 3.3."""
import sys
here = sys.path.pop(0)                                  # this file has the engine's name
try:
    import paddle, paddle.nn.functional as F
except ImportError:
    sys.exit("PaddlePaddle is missing: pip install paddlepaddle")
sys.path.append(here)
from serve import Base, cycled, flat, numbers, serve

paddle.set_device("cpu")
DT = {"f64": "float64", "f32": "float32"}
like = lambda v, x: paddle.to_tensor(v, dtype=x.dtype)

class E(Base):
    pass

for names, where in (
    ("""abs sign sqrt rsqrt exp log log1p expm1 sin cos cosh tanh square maximum minimum fmax fmin where stack floor ceil round trunc frac logaddexp nan_to_num sum mean max min amax amin
        median nanmedian quantile prod erf logsumexp var std dot diag hypot copysign atan2 pow acos asinh atan sinc remainder sort""", paddle),
    ("relu relu6 leaky_relu elu celu selu softplus mish sigmoid hardswish hardsigmoid softsign softshrink hardshrink hardtanh max_pool2d max_pool1d adaptive_max_pool2d", F)):
    for name in names.split():
        if hasattr(where, name):
            setattr(E, name, staticmethod(getattr(where, name)))
for name, f in dict(
    logsigmoid=F.log_sigmoid, prelu=lambda x, a: F.prelu(x, like([a], x)), rrelu_eval=lambda x, a, b: F.rrelu(x, a, b, training=False), threshold=lambda x, t, v: F.thresholded_relu(x, t, v), relu_module=lambda x: paddle.nn.ReLU()(x),
    relu_inplace=lambda x: F.relu_(x * 1.0), heaviside=lambda x, v: paddle.heaviside(x, paddle.full_like(x, v)), full=lambda x, v: paddle.full_like(x, v), clip=lambda x, a, b: paddle.clip(x, a, b), clip_tensor=lambda x, a, b: paddle.clip(x, a, b),
    as_float=lambda c, x: c.astype(x.dtype), stack_last=lambda xs: paddle.stack(xs, -1), max0=lambda t: paddle.max(t, 0), amax0=lambda t: paddle.amax(t, 0), sort0=lambda t: paddle.sort(t, 0), median0=lambda t: paddle.median(t, 0),
    sum0=lambda t: paddle.sum(t, 0), logsumexp0=lambda t: paddle.logsumexp(t, 0), norm=lambda t, p: paddle.linalg.vector_norm(t, p), norm0=lambda t, p: paddle.linalg.vector_norm(t, p, 0), topk=lambda t, k: paddle.topk(t, k)[0], topk_last=lambda t, k: paddle.topk(t, k, -1)[0],
    stop_gradient=lambda x: x.detach(), max_axis=lambda x: paddle.max(x, axis=0), sort_descending=lambda x: paddle.sort(x, descending=True), gather_argsort=lambda x: paddle.gather(x, paddle.argsort(x)), kthvalue=lambda x, k: paddle.kthvalue(x, k)[0],
    mode=lambda x: paddle.mode(x)[0], cummax=lambda x: paddle.cummax(x, 0)[0], cumprod=lambda x: paddle.cumprod(x, 0), logcumsumexp=lambda x: paddle.logcumsumexp(x, 0), normalize=lambda x: F.normalize(x, axis=0), softmax=lambda x: F.softmax(x, 0),
    log_softmax=lambda x: F.log_softmax(x, 0), layer_norm=lambda x: F.layer_norm(x, x.shape), row=lambda x, v: like(v, x), one_cold=lambda x, k: like([float(i != k) for i in range(x.shape[0])], x), l1_loss=lambda x, y: F.l1_loss(x, y, reduction="none"),
    smooth_l1=lambda x, y, b: F.smooth_l1_loss(x, y, reduction="none", delta=b), huber=lambda x, y, d: F.smooth_l1_loss(x, y, reduction="none", delta=d), cosine_similarity=lambda x, y: F.cosine_similarity(x, y, axis=0),
    global_max=lambda x: paddle.max(x, (2, 3)), reshape_max=lambda x: paddle.amax(x.reshape([2, 2, 2, 2]), (1, 3)), max_pool2d_ceil=lambda x, k, s: F.max_pool2d(x, k, s, ceil_mode=True), avg_pool2d=lambda x, k, s, p: F.avg_pool2d(x, k, s, p, exclusive=False),
    m_det=lambda a: paddle.linalg.det(a), m_inv=lambda a: paddle.linalg.inv(a), m_norm_fro=lambda a: paddle.linalg.norm(a), m_svdvals=lambda a: paddle.linalg.svd(a)[1], m_slogdet=lambda a: paddle.linalg.slogdet(a)[1]).items():
    setattr(E, name, staticmethod(f))

def tensor(data, shape, dtype):
    return paddle.to_tensor(data, dtype="float64").reshape(shape).astype(dtype).detach()

def out(y):
    return numbers(flat(y.astype("float64").numpy().tolist()))

def ask(f, q):
    dtype = DT[q["format"]]
    xs = [tensor(x["data"], x["shape"], dtype) for x in q["inputs"]]
    for x in xs:
        x.stop_gradient = False
    y = f(E, *xs)
    value = out(y.detach())
    answer = {"value": {"shape": list(y.shape), "data": value}}
    if y.stop_gradient:
        return {**answer, "vjp": [None for _ in xs]}
    slopes = paddle.grad(y, xs, tensor(cycled(q["cotangent"], len(value)), list(y.shape), dtype), allow_unused=True)
    return {**answer, "vjp": [None if v is None else out(v) for v in slopes]}

if __name__ == "__main__":
    serve({"engine": "PaddlePaddle", "version": paddle.__version__, "mode": "dynamic", "formats": list(DT)}, ask)
