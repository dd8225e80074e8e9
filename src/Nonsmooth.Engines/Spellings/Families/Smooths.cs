using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Smooth functions, spelled with and without kinks that cancel.</summary>
internal static class Smooths
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("tanh", "tanh", static (e, x) => e.Tanh(x)),
        Map("softplus", "softplus", static (e, x) => e.Softplus(x)),
        Map("logsigmoid", "logsigmoid", static (e, x) => e.Logsigmoid(x)),
        Map("mish", "mish", static (e, x) => e.Mish(x)),
        Map("erf", "erf", static (e, x) => e.Erf(x)),
        Map("erfc", "erfc", static (e, x) => e.Erfc(x)),
        Map("expm1", "expm1", static (e, x) => e.Expm1(x)),
        Map("asinh", "asinh", static (e, x) => e.Asinh(x)),
        Map("atan", "atan", static (e, x) => e.Atan(x)),
        Map("quick_gelu", "quick_gelu", static (e, x) => e.QuickGelu(x)),
        Map("softplus.log_1_exp", "softplus", static (e, x) => e.Log(1.0 + e.Exp(x))),
        Map("softplus.logaddexp", "softplus", static (e, x) => e.Logaddexp(x, e.Full(x, 0))),
        Map("softplus.stable", "softplus", static (e, x) => e.Maximum(x, e.Full(x, 0)) + e.Log1p(e.Exp(-e.Abs(x)))),
        Map("softplus.stable_relu", "softplus", static (e, x) => e.Relu(x) + e.Log1p(e.Exp(-e.Abs(x)))),
        Map("softplus.logsumexp", "softplus", static (e, x) => e.Logsumexp0(e.Stack([x, e.Full(x, 0)]))),
        Map("logsigmoid.min", "logsigmoid", static (e, x) => e.Minimum(x, e.Full(x, 0)) - e.Log1p(e.Exp(-e.Abs(x)))),
        Map("sigmoid.exp", "sigmoid", static (e, x) => 1.0 / (1.0 + e.Exp(-x))),
        Map("sigmoid.where", "sigmoid", static (e, x) => e.Where(x >= 0, 1.0 / (1.0 + e.Exp(-x)), e.Exp(x) / (1.0 + e.Exp(x)))),
        Map("tanh.exp", "tanh", static (e, x) => (e.Exp(x) - e.Exp(-x)) / (e.Exp(x) + e.Exp(-x))),
        Map("log_cosh", "log_cosh", static (e, x) => e.Log(e.Cosh(x))),
        Map("log_cosh.softplus", "log_cosh", static (e, x) => x + e.Softplus(-2.0 * x) - 0.6931471805599453),
    ];
}
