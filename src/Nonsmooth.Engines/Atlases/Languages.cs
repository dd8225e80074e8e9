namespace Nonsmooth.Engines.Atlases;

/// <summary>The languages of the engines that have recordings: one row an engine.</summary>
public static class Languages
{
    private const string _torch = """
        relu=torch.relu abs=torch.abs fabs=torch.absolute sign=torch.sign sqrt=torch.sqrt rsqrt=torch.rsqrt exp=torch.exp log=torch.log log1p=torch.log1p expm1=torch.expm1 sin=torch.sin cos=torch.cos cosh=torch.cosh tanh=torch.tanh square=torch.square acos=torch.acos asinh=torch.asinh atan=torch.atan erf=torch.erf erfc=torch.erfc sigmoid=torch.sigmoid
        softplus=F.softplus logsigmoid=F.logsigmoid mish=F.mish maximum=torch.maximum minimum=torch.minimum fmax=torch.fmax fmin=torch.fmin full=torch.full_like where=torch.where clip=torch.clamp clip_tensor=torch.clamp stack=torch.stack leaky_relu=F.leaky_relu elu=F.elu celu=F.celu selu=F.selu threshold=F.threshold hardtanh=F.hardtanh relu6=F.relu6 hardsigmoid=F.hardsigmoid hardswish=F.hardswish
        softshrink=F.softshrink hardshrink=F.hardshrink softsign=F.softsign hypot=torch.hypot copysign=torch.copysign floor=torch.floor ceil=torch.ceil round=torch.round trunc=torch.trunc frac=torch.frac remainder=torch.remainder fmod=torch.fmod pow=torch.pow xlogy=torch.xlogy entr=torch.special.entr sinc=torch.sinc atan2=torch.atan2 logaddexp=torch.logaddexp nan_to_num=torch.nan_to_num
        max=torch.max min=torch.min amax=torch.amax amin=torch.amin sum=torch.sum mean=torch.mean median=torch.median nanmedian=torch.nanmedian quantile=torch.quantile prod=torch.prod norm=torch.linalg.vector_norm dot=torch.dot var=torch.var std=torch.std m_det=torch.linalg.det m_svdvals=torch.linalg.svdvals m_inv=torch.linalg.inv max_pool2d=F.max_pool2d avg_pool2d=F.avg_pool2d
        """;

    private const string _torchLambdas = """
        prelu=lambda x, a: F.prelu(x, torch.tensor([a], dtype=x.dtype))
        norm0=lambda t, p: torch.linalg.vector_norm(t, p, 0)
        max0=lambda t: torch.max(t, 0).values
        amax0=lambda t: torch.amax(t, 0)
        sort0=lambda t: torch.sort(t, 0).values
        sort=lambda t: torch.sort(t).values
        median0=lambda t: torch.median(t, 0).values
        sum0=lambda t: torch.sum(t, 0)
        logsumexp0=lambda t: torch.logsumexp(t, 0)
        logsumexp=lambda t: torch.logsumexp(t, 0)
        softmax=lambda t: F.softmax(t, 0)
        log_softmax=lambda t: F.log_softmax(t, 0)
        cummax=lambda t: torch.cummax(t, 0).values
        cumprod=lambda t: torch.cumprod(t, 0)
        logcumsumexp=lambda t: torch.logcumsumexp(t, 0)
        topk=lambda t, k: torch.topk(t, k).values
        max_axis=lambda t: torch.max(t, 0).values
        as_float=lambda m, x: m.to(x.dtype)
        normalize=lambda t: F.normalize(t, dim=0)
        layer_norm=lambda t: F.layer_norm(t, t.shape)
        scatter_max=lambda x, i, n: torch.zeros(n, dtype=x.dtype).scatter_reduce(0, torch.tensor(i), x, 'amax', include_self=False)
        multi_margin=lambda x, k: F.multi_margin_loss(x[None], torch.tensor([k]))
        row=lambda x, v: torch.tensor(v, dtype=x.dtype)
        one_cold=lambda x, k: torch.tensor([float(i != k) for i in range(len(x))], dtype=x.dtype)
        at=lambda t, i: t[i]
        power=lambda x, p: x ** p
        """;

    private const string _jax = """
        relu=jax.nn.relu abs=jnp.abs fabs=jnp.fabs sign=jnp.sign sqrt=jnp.sqrt rsqrt=jax.lax.rsqrt exp=jnp.exp log=jnp.log log1p=jnp.log1p expm1=jnp.expm1 sin=jnp.sin cos=jnp.cos cosh=jnp.cosh tanh=jnp.tanh square=jnp.square acos=jnp.arccos asinh=jnp.arcsinh atan=jnp.arctan erf=jax.scipy.special.erf erfc=jax.scipy.special.erfc sigmoid=jax.nn.sigmoid softplus=jax.nn.softplus
        maximum=jnp.maximum minimum=jnp.minimum fmax=jnp.fmax fmin=jnp.fmin full=jnp.full_like where=jnp.where clip=jnp.clip clip_tensor=jnp.clip stack=jnp.stack leaky_relu=jax.nn.leaky_relu elu=jax.nn.elu celu=jax.nn.celu selu=jax.nn.selu relu6=jax.nn.relu6 hardsigmoid=jax.nn.hard_sigmoid hardswish=jax.nn.hard_swish softsign=jax.nn.soft_sign hypot=jnp.hypot copysign=jnp.copysign
        floor=jnp.floor ceil=jnp.ceil round=jnp.round trunc=jnp.trunc remainder=jnp.remainder fmod=jnp.fmod pow=jnp.power xlogy=jax.scipy.special.xlogy entr=jax.scipy.special.entr sinc=jnp.sinc atan2=jnp.arctan2 logaddexp=jnp.logaddexp nan_to_num=jnp.nan_to_num max=jnp.max min=jnp.min amax=jnp.max amin=jnp.min sum=jnp.sum mean=jnp.mean sort=jnp.sort median=jnp.median quantile=jnp.quantile
        prod=jnp.prod norm=jnp.linalg.norm dot=jnp.dot cumprod=jnp.cumprod softmax=jax.nn.softmax log_softmax=jax.nn.log_softmax logsumexp=jax.nn.logsumexp ptp=jnp.ptp m_det=jnp.linalg.det m_inv=jnp.linalg.inv
        """;

    private const string _jaxLambdas = """
        max0=lambda t: jnp.max(t, 0)
        amax0=lambda t: jnp.max(t, 0)
        sort0=lambda t: jnp.sort(t, 0)
        median0=lambda t: jnp.median(t, 0)
        sum0=lambda t: jnp.sum(t, 0)
        norm0=lambda t, p: jnp.linalg.norm(t, p, axis=0)
        max_axis=lambda t: jnp.max(t, 0)
        topk=lambda t, k: jax.lax.top_k(t, k)[0]
        cummax=lambda t: jax.lax.cummax(t)
        logcumsumexp=lambda t: jax.lax.cumlogsumexp(t)
        std=lambda t: jnp.std(t, ddof=1)
        var=lambda t: jnp.var(t, ddof=1)
        as_float=lambda m, x: m.astype(x.dtype)
        row=lambda x, v: jnp.array(v, x.dtype)
        one_cold=lambda x, k: jnp.array([float(i != k) for i in range(len(x))], x.dtype)
        at=lambda t, i: t[i]
        power=lambda x, p: x ** p
        """;

    private const string _tf = """
        relu=tf.nn.relu abs=tf.abs fabs=tf.abs sign=tf.sign sqrt=tf.sqrt rsqrt=tf.math.rsqrt exp=tf.exp log=tf.math.log log1p=tf.math.log1p expm1=tf.math.expm1 sin=tf.sin cos=tf.cos cosh=tf.cosh tanh=tf.tanh square=tf.square acos=tf.acos asinh=tf.asinh atan=tf.atan erf=tf.math.erf erfc=tf.math.erfc sigmoid=tf.sigmoid softplus=tf.nn.softplus maximum=tf.maximum minimum=tf.minimum where=tf.where
        stack=tf.stack elu=tf.nn.elu selu=tf.nn.selu relu6=tf.nn.relu6 floor=tf.floor round=tf.round pow=tf.pow xlogy=tf.math.xlogy atan2=tf.atan2 max=tf.reduce_max min=tf.reduce_min amax=tf.reduce_max amin=tf.reduce_min sum=tf.reduce_sum mean=tf.reduce_mean sort=tf.sort prod=tf.reduce_prod cumprod=tf.math.cumprod logsumexp=tf.reduce_logsumexp softmax=tf.nn.softmax log_softmax=tf.nn.log_softmax logcumsumexp=tf.math.cumulative_logsumexp norm=tf.norm
        """;

    private const string _tfLambdas = """
        full=lambda x, v: tf.fill(x.shape, tf.cast(v, x.dtype))
        max0=lambda t: tf.reduce_max(t, 0)
        amax0=lambda t: tf.reduce_max(t, 0)
        sum0=lambda t: tf.reduce_sum(t, 0)
        sort0=lambda t: tf.sort(t, 0)
        norm0=lambda t, p: tf.norm(t, p, axis=0)
        sinc=lambda x: tf.experimental.numpy.sinc(x)
        logaddexp=lambda x, y: tf.experimental.numpy.logaddexp(x, y)
        as_float=lambda m, x: tf.cast(m, x.dtype)
        topk=lambda t, k: tf.math.top_k(t, k)[0]
        row=lambda x, v: tf.constant(v, x.dtype)
        at=lambda t, i: t[i]
        power=lambda x, p: x ** p
        """;

    private const string _paddle = """
        relu=F.relu abs=paddle.abs sign=paddle.sign sqrt=paddle.sqrt rsqrt=paddle.rsqrt exp=paddle.exp log=paddle.log log1p=paddle.log1p expm1=paddle.expm1 sin=paddle.sin cos=paddle.cos tanh=paddle.tanh square=paddle.square erf=paddle.erf sigmoid=F.sigmoid softplus=F.softplus maximum=paddle.maximum minimum=paddle.minimum fmax=paddle.fmax fmin=paddle.fmin full=paddle.full_like where=paddle.where clip=paddle.clip stack=paddle.stack
        elu=F.elu celu=F.celu selu=F.selu relu6=F.relu6 hardsigmoid=F.hardsigmoid hardswish=F.hardswish softshrink=F.softshrink softsign=F.softsign hypot=paddle.hypot floor=paddle.floor round=paddle.round pow=paddle.pow max=paddle.max min=paddle.min amax=paddle.amax amin=paddle.amin sum=paddle.sum mean=paddle.mean sort=paddle.sort norm=paddle.linalg.norm prod=paddle.prod m_det=paddle.linalg.det logsumexp=paddle.logsumexp median=paddle.median
        """;

    private const string _paddleLambdas = """
        norm0=lambda t, p: paddle.linalg.norm(t, p, axis=0)
        max0=lambda t: paddle.max(t, 0)
        amax0=lambda t: paddle.amax(t, 0)
        sum0=lambda t: paddle.sum(t, 0)
        as_float=lambda m, x: m.astype(x.dtype)
        at=lambda t, i: t[i]
        power=lambda x, p: x ** p
        """;

    private const string _tinygrad = """
        relu=Tensor.relu abs=Tensor.abs sign=Tensor.sign sqrt=Tensor.sqrt rsqrt=Tensor.rsqrt exp=Tensor.exp log=Tensor.log sin=Tensor.sin cos=Tensor.cos tanh=Tensor.tanh square=Tensor.square acos=Tensor.acos asinh=Tensor.asinh atan=Tensor.atan erf=Tensor.erf sigmoid=Tensor.sigmoid softplus=Tensor.softplus maximum=Tensor.maximum minimum=Tensor.minimum full=Tensor.full_like clip=Tensor.clip elu=Tensor.elu celu=Tensor.celu selu=Tensor.selu relu6=Tensor.relu6 hardsigmoid=Tensor.hardsigmoid hardswish=Tensor.hardswish softsign=Tensor.softsign floor=Tensor.floor round=Tensor.round pow=Tensor.pow max=Tensor.max min=Tensor.min sum=Tensor.sum mean=Tensor.mean std=Tensor.std var=Tensor.var
        """;

    private const string _tinygradLambdas = """
        where=lambda m, a, b: m.where(a, b)
        stack=lambda xs: Tensor.stack(*xs)
        sort0=lambda t: t.sort(0)[0]
        sort=lambda t: t.sort()[0]
        topk=lambda t, k: t.topk(k)[0]
        topk_last=lambda t, k: t.topk(k)[0]
        stack_last=lambda xs: Tensor.stack(*xs, dim=-1)
        sum0=lambda t: t.sum(0)
        max0=lambda t: t.max(0)
        sort_descending=lambda t: t.sort(descending=True)[0]
        at=lambda t, i: t[i]
        power=lambda x, p: x ** p
        """;

    private const string _autograd = """
        abs=np.abs fabs=np.fabs sign=np.sign sqrt=np.sqrt exp=np.exp log=np.log log1p=np.log1p expm1=np.expm1 sin=np.sin cos=np.cos cosh=np.cosh tanh=np.tanh square=np.square acos=np.arccos atan=np.arctan maximum=np.maximum minimum=np.minimum fmax=np.fmax fmin=np.fmin full=np.full_like where=np.where clip=np.clip floor=np.floor round=np.round sinc=np.sinc logaddexp=np.logaddexp max=np.max min=np.min amax=np.max sum=np.sum mean=np.mean sort=np.sort prod=np.prod norm=np.linalg.norm dot=np.dot pow=np.power m_det=np.linalg.det
        """;

    private const string _autogradLambdas = """
        relu=lambda x: np.maximum(x, 0)
        hypot=lambda x, y: np.hypot(x, y)
        stack=lambda xs: np.stack(xs)
        norm0=lambda t, p: np.linalg.norm(t, p, axis=0)
        sort0=lambda t: np.sort(t, 0)
        sum0=lambda t: np.sum(t, 0)
        max0=lambda t: np.max(t, 0)
        std=lambda t: np.std(t, ddof=1)
        row=lambda x, v: np.array(v, x.dtype)
        at=lambda t, i: t[i]
        power=lambda x, p: x ** p
        """;

    private const string _pytensor = """
        abs=pt.abs sign=pt.sign sqrt=pt.sqrt exp=pt.exp log=pt.log log1p=pt.log1p expm1=pt.expm1 sin=pt.sin cos=pt.cos tanh=pt.tanh square=pt.sqr maximum=pt.maximum minimum=pt.minimum full=pt.full_like where=pt.where stack=pt.stack floor=pt.floor pow=pt.pow max=pt.max min=pt.min amax=pt.max amin=pt.min sum=pt.sum mean=pt.mean sort=pt.sort prod=pt.prod cumprod=pt.cumprod logsumexp=pt.logsumexp softplus=pt.softplus sigmoid=pt.sigmoid softmax=pt.softmax hypot=pt.hypot ptp=pt.ptp
        """;

    private const string _pytensorLambdas = """
        relu=lambda x: pt.maximum(x, 0)
        clip=lambda x, a, b: pt.clip(x, -inf if a is None else a, inf if b is None else b)
        norm=lambda x, p: pt.linalg.norm(x, p)
        norm0=lambda x, p: pt.linalg.norm(x, p, axis=0)
        max0=lambda t: pt.max(t, 0)
        max_axis=lambda t: pt.max(t, 0)
        sum0=lambda t: pt.sum(t, 0)
        reshape_max=lambda x: x.reshape((2, 2, 2, 2)).max((1, 3))
        global_max=lambda x: x.max((2, 3))
        one_cold=lambda x, k: pt.as_tensor([float(i != k) for i in range(5)])
        at=lambda t, i: t[i]
        power=lambda x, p: x ** p
        """;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<ILanguage> All { get; } =
    [
        .. TreeLanguages.All,
        new Language("PyTorch", Read(_torch, _torchLambdas), "import torch, torch.nn.functional as F", f => $"torch.{Long(f)}", static (x, f, c) =>
            $"x = [torch.tensor(a, dtype={f}, requires_grad=True) for a in {x}]\ny = f(*x)\nprint(y, torch.autograd.grad(y, x, torch.tensor({c}, dtype={f}).reshape(y.shape), allow_unused=True))"),
        new Language("JAX", Read(_jax, _jaxLambdas), "import jax, jax.numpy as jnp\njax.config.update('jax_enable_x64', True)", f => $"jnp.{Long(f)}", static (x, f, c) =>
            $"y, vjp = jax.vjp(f, *[jnp.array(a, {f}) for a in {x}])\nprint(y, vjp(jnp.array({c}, {f}).reshape(y.shape)))"),
        new Language("TensorFlow", Read(_tf, _tfLambdas), "import tensorflow as tf", f => $"tf.{Long(f)}", static (x, f, c) =>
            $"x = [tf.Variable(a, dtype={f}) for a in {x}]\nwith tf.GradientTape() as tape: y = f(*[tf.identity(a) for a in x])\nprint(y, tape.gradient(y, x, tf.reshape(tf.constant({c}, {f}), y.shape)))"),
        new Language("PaddlePaddle", Read(_paddle, _paddleLambdas), "import paddle, paddle.nn.functional as F", f => $"'{Long(f)}'", static (x, f, c) =>
            $"x = [paddle.to_tensor(a, dtype={f}, stop_gradient=False) for a in {x}]\ny = f(*x)\nprint(y, paddle.grad(y, x, paddle.to_tensor({c}, dtype={f}).reshape(y.shape), allow_unused=True))"),
        new Language("tinygrad", Read(_tinygrad, _tinygradLambdas), "from tinygrad import Tensor, dtypes", f => $"dtypes.{Long(f)}", static (x, f, c) =>
            $"x = [Tensor(a, dtype={f}, requires_grad=True) for a in {x}]\ny = f(*x)\n(y * Tensor({c}, dtype={f}).reshape(y.shape)).sum().backward()\nprint(y.tolist(), [a.grad.tolist() for a in x])"),
        new Language("autograd", Read(_autograd, _autogradLambdas), "import autograd.numpy as np\nfrom autograd import make_vjp", f => $"np.{Long(f)}", static (x, f, c) =>
            $"x = tuple(np.array(a, {f}) for a in {x})\nvjp, y = make_vjp(lambda x: f(*x))(x)\nprint(y, vjp(np.array({c}, {f}).reshape(np.shape(y))))"),
        new Language("PyTensor", Read(_pytensor, _pytensorLambdas), "import numpy as np, pytensor, pytensor.tensor as pt", f => $"'{Long(f)}'", static (x, f, c) =>
            $"v = [np.array(a, {f}) for a in {x}]\nx = [pt.tensor(dtype={f}, shape=a.shape) for a in v]\ny = f(*x)\ng = pytensor.grad(None, x, known_grads={{y: pt.as_tensor(np.array({c}, {f})).reshape(y.shape)}})\nprint(pytensor.function(x, [y, *g])(*v))"),
        new Language("CasADi", Read("fabs=ca.fabs abs=ca.fabs sqrt=ca.sqrt exp=ca.exp log=ca.log maximum=ca.fmax minimum=ca.fmin fmax=ca.fmax fmin=ca.fmin sign=ca.sign hypot=ca.hypot pow=ca.power norm=ca.norm_2", "where=lambda m, a, b: ca.if_else(m, a, b)\nrelu=lambda x: ca.fmax(x, 0)\nfull=lambda x, v: v\nat=lambda t, i: t[i]\npower=lambda x, p: x ** p"), "import casadi as ca", static _ => "", static (x, f, c) =>
            $"v = [ca.DM(a) for a in {x}]\nx = [ca.MX.sym(f'x{{i}}', *a.shape) for i, a in enumerate(v)]\ny = f(*x)\nprint(ca.Function('f', x, [y, *[ca.jtimes(y, a, ca.reshape(ca.DM({c}), *y.shape), True) for a in x]])(*v))"),
        new Language("Warp", new Dictionary<string, string>(), "import warp as wp", static f => f, static (x, f, c) => $"print(E.vjp(f, {x}, '{f}', {c}))"),
    ];

    /// <summary>The language of an engine; null where there is none.</summary>
    public static ILanguage? Find(string engine) => All.FirstOrDefault(l => l.Engine == (engine == "libtorch" ? "PyTorch" : engine));

    private static string Long(string format) => format switch { "f64" => "float64", "f32" => "float32", "bf16" => "bfloat16", _ => "float16" };

    private static Dictionary<string, string> Read(string names, string lambdas) =>
        names.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Concat(lambdas.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()))
            .Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
}
