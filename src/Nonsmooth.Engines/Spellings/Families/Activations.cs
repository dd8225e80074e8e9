using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Leaky and exponential activations.</summary>
internal static class Activations
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("leaky_relu", "leaky", static (e, x) => e.LeakyRelu(x, 0.1)),
        Map("leaky_relu.where_gt", "leaky", static (e, x) => e.Where(x > 0, x, 0.1 * x)),
        Map("leaky_relu.where_ge", "leaky", static (e, x) => e.Where(x >= 0, x, 0.1 * x)),
        Map("leaky_relu.max", "leaky", static (e, x) => e.Maximum(x, 0.1 * x)),
        Map("leaky_relu.prelu", "leaky", static (e, x) => e.Prelu(x, 0.1)),
        Map("leaky_relu.rrelu_eval", "leaky", static (e, x) => e.RreluEval(x, 0.1, 0.1)),
        Map("elu.alpha2", "elu2", static (e, x) => e.Elu(x, 2)),
        Map("elu.where_expm1", "elu2", static (e, x) => e.Where(x > 0, x, 2.0 * e.Expm1(x))),
        Map("celu", "celu2", static (e, x) => e.Celu(x, 2)),
        Map("selu", "selu", static (e, x) => e.Selu(x)),
        Map("softsign", "softsign", static (e, x) => e.Softsign(x)),
        Map("softsign.abs", "softsign", static (e, x) => x / (1.0 + e.Abs(x))),
        Map("squareplus", "squareplus", static (e, x) => (x + e.Sqrt(x * x + 4)) * 0.5),
    ];
}
