using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Losses of one argument, and guards against NaN.</summary>
internal static class Losses
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("huber", "huber", static (e, x) => e.Huber(x, e.Full(x, 0), 1)),
        Map("huber.where", "huber", static (e, x) => e.Where(e.Abs(x) <= 1, 0.5 * x * x, e.Abs(x) - 0.5)),
        Map("smooth_l1", "huber", static (e, x) => e.SmoothL1(x, e.Full(x, 0), 1)),
        Map("smooth_l1.beta0", "abs", static (e, x) => e.SmoothL1(x, e.Full(x, 0), 0)),
        Map("pinball.relus", "pinball", static (e, x) => 0.9 * e.Relu(x) + 0.1 * e.Relu(-x)),
        Map("pinball.where", "pinball", static (e, x) => e.Where(x >= 0, 0.9 * x, -0.1 * x)),
        Map("epsilon_insensitive", "eps_insensitive", static (e, x) => e.Relu(e.Abs(x) - 0.5)),
        Map("triangle", "triangle", static (e, x) => e.Relu(1.0 - e.Abs(x))),
        Map("charbonnier", "charbonnier", static (e, x) => e.Sqrt(x * x + 1e-12)),
        Map("cauchy_wasserstein_cap", "abs_cap", static (e, x) => e.Minimum(e.Abs(x), e.Full(x, 1))),
        Map("deadzone", "deadzone", static (e, x) => e.Where(e.Abs(x) < 0.5, e.Full(x, 0), x - e.Sign(x) * 0.5)),
        Map("nan_to_num", "identity", static (e, x) => e.NanToNum(x)),
        Map("nan_guard.where_isnan", "identity", static (e, x) => e.Where(e.Equal(x, x), x, e.Full(x, 0))),
        Map("nan_guard.masked_mul", "log_masked", static (e, x) => e.Where(x > 0, e.Log(x), e.Full(x, 0))),
    ];
}
