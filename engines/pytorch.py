"""PyTorch: eager, on a processor. Written for 1.13 to 2.14; what a version lacks it cannot."""
import sys
try:
    import torch, torch.nn.functional as F
except ImportError:
    sys.exit("PyTorch is missing: pip install torch, or Debian's python3-torch")
from serve import Base, numbers, serve

torch.set_num_threads(1)
DT = {"f64": torch.float64, "f32": torch.float32, "bf16": torch.bfloat16, "f16": torch.float16}

class E(Base):
    pass

for name in """abs sign sqrt rsqrt exp log log1p expm1 sin cos cosh tanh square acos asin asinh acosh atan atanh erf erfc sigmoid relu maximum minimum fmax fmin where
    hypot copysign floor ceil round trunc frac remainder fmod pow xlogy sinc atan2 logaddexp nan_to_num max min amax amin sum mean median nanmedian quantile
    prod dot var std stack diag""".split():
    setattr(E, name, staticmethod(getattr(torch, name)))
for name in "softplus logsigmoid mish leaky_relu elu celu selu threshold hardtanh relu6 hardsigmoid hardswish softshrink hardshrink softsign".split():
    setattr(E, name, staticmethod(getattr(F, name)))
for name, f in dict(
    fabs=torch.absolute, full=torch.full_like, clip=torch.clamp, clip_tensor=torch.clamp, entr=lambda x: torch.special.entr(x),
    as_float=lambda m, x: m.to(x.dtype), heaviside=lambda x, v: torch.heaviside(x, torch.full_like(x, v)), stop_gradient=lambda x: x.detach(),
    stack_last=lambda xs: torch.stack(xs, -1), max0=lambda t: torch.max(t, 0).values, amax0=lambda t: torch.amax(t, 0), sort0=lambda t: torch.sort(t, 0, stable=True).values,
    median0=lambda t: torch.median(t, 0).values, sum0=lambda t: torch.sum(t, 0), logsumexp0=lambda t: torch.logsumexp(t, 0), logsumexp=lambda t: torch.logsumexp(t, 0),
    topk=lambda t, k: torch.topk(t, k).values, topk_last=lambda t, k: torch.topk(t, k, -1).values, norm=lambda t, p: torch.linalg.vector_norm(t, p),
    norm0=lambda t, p: torch.linalg.vector_norm(t, p, 0), prelu=lambda x, a: F.prelu(x, torch.tensor([a], dtype=x.dtype)), rrelu_eval=lambda x, a, b: F.rrelu(x, a, b, training=False),
    relu_module=lambda x: torch.nn.ReLU()(x), relu_inplace=lambda x: torch.relu_(x * 1.0), l1_loss=lambda x, y: F.l1_loss(x, y, reduction="none"),
    huber=lambda x, y, d: F.huber_loss(x, y, reduction="none", delta=d), smooth_l1=lambda x, y, b: F.smooth_l1_loss(x, y, reduction="none", beta=b),
    quick_gelu=lambda x: x * torch.sigmoid(1.702 * x), max_axis=lambda t: torch.max(t, 0).values, sort=lambda t: torch.sort(t, stable=True).values,
    sort_descending=lambda t: torch.sort(t, descending=True, stable=True).values, kthvalue=lambda t, k: torch.kthvalue(t, k).values, mode=lambda t: torch.mode(t).values,
    cummax=lambda t: torch.cummax(t, 0).values, cumprod=lambda t: torch.cumprod(t, 0), logcumsumexp=lambda t: torch.logcumsumexp(t, 0),
    min_axis=lambda t: torch.min(t, 0).values, cummin=lambda t: torch.cummin(t, 0).values, take_argmax=lambda t: t.gather(0, t.argmax(0, True)),
    take_argmin=lambda t: t.gather(0, t.argmin(0, True)), cdist=lambda x, y: torch.cdist(x[None], y[None]), dist=torch.dist, pairwise_distance=F.pairwise_distance,
    hinge_embedding=lambda x: F.hinge_embedding_loss(x, -torch.ones_like(x), reduction="none"), margin_ranking=lambda x, y: F.margin_ranking_loss(x, y, torch.ones_like(x), reduction="none"),
    max_pool3d=F.max_pool3d, lp_pool2d=lambda x, k: F.lp_pool2d(x, 2.0, k), m_eigvalsh=torch.linalg.eigvalsh,
    normalize=lambda t: F.normalize(t, dim=0), layer_norm=lambda t: F.layer_norm(t, t.shape), softmax=lambda t: F.softmax(t, 0), log_softmax=lambda t: F.log_softmax(t, 0),
    multi_margin=lambda x, k: F.multi_margin_loss(x[None], torch.tensor([k])), row=lambda x, v: torch.tensor(v, dtype=x.dtype),
    one_cold=lambda x, k: torch.tensor([float(i != k) for i in range(len(x))], dtype=x.dtype),
    scatter_max=lambda x, i, n: torch.zeros(n, dtype=x.dtype).scatter_reduce(0, torch.tensor(i), x, "amax", include_self=False),
    cosine_similarity=lambda x, y: F.cosine_similarity(x, y, dim=0), max_pool2d=F.max_pool2d, max_pool2d_ceil=lambda x, k, s: F.max_pool2d(x, k, s, ceil_mode=True),
    max_pool1d=F.max_pool1d, avg_pool2d=F.avg_pool2d, reshape_max=lambda x: x.reshape(2, 2, 2, 2).amax((1, 3)), global_max=lambda x: x.amax((2, 3)),
    adaptive_max_pool2d=F.adaptive_max_pool2d, m_det=torch.linalg.det, m_inv=torch.linalg.inv, m_svdvals=torch.linalg.svdvals,
    m_slogdet=lambda a: torch.linalg.slogdet(a).logabsdet, m_norm_fro=lambda a: torch.linalg.norm(a), m_matrix_norm_1=lambda a: torch.linalg.norm(a, 1),
    m_matrix_norm_inf=lambda a: torch.linalg.norm(a, float("inf")), m_norm_nuc=lambda a: torch.linalg.norm(a, "nuc")).items():
    setattr(E, name, staticmethod(f))

def ask(f, q):
    dtype = DT[q["format"]]
    make = lambda: [torch.tensor(x["data"], dtype=dtype).reshape(x["shape"]) for x in q["inputs"]]
    xs = [x.requires_grad_() for x in make()]
    y = f(E, *xs)
    answer = {"value": {"shape": list(y.shape), "data": numbers(y.detach().double().flatten())}}
    if not y.requires_grad:
        return {**answer, "vjp": [None for _ in xs]}
    c = torch.tensor([q["cotangent"][i % len(q["cotangent"])] for i in range(y.numel())], dtype=dtype).reshape(y.shape)
    answer["vjp"] = [None if g is None else numbers(g.double().flatten()) for g in torch.autograd.grad(y, xs, c, allow_unused=True)]
    jvp = getattr(getattr(torch, "func", None), "jvp", None)
    if jvp is not None:
        try:
            answer["jvp"] = [numbers(jvp(lambda *a: f(E, *a), tuple(make()), tuple(torch.tensor(t, dtype=dtype).reshape(x["shape"]) for t, x in zip(ts, q["inputs"])))[1].double().flatten()) for ts in q["tangents"]]
        except Exception as e:
            answer["jvp_error"] = str(e)[:160]
    return answer

if __name__ == "__main__":
    serve({"engine": "PyTorch", "version": torch.__version__.split("+")[0], "mode": "eager", "formats": list(DT)}, ask)
