using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Functions that jump, and straight-through estimators.</summary>
internal static class Steps
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("floor", "floor", static (e, x) => e.Floor(x)),
        Map("ceil", "ceil", static (e, x) => e.Ceil(x)),
        Map("round", "round", static (e, x) => e.Round(x)),
        Map("trunc", "trunc", static (e, x) => e.Trunc(x)),
        Map("frac", "frac", static (e, x) => e.Frac(x)),
        Map("frac.remainder", "frac_floor", static (e, x) => e.Remainder(x, e.Full(x, 1))),
        Map("frac.fmod", "frac", static (e, x) => e.Fmod(x, e.Full(x, 1))),
        Map("frac.x_minus_floor", "frac_floor", static (e, x) => x - e.Floor(x)),
        Map("heaviside", "step", static (e, x) => e.Heaviside(x, 0.5)),
        Map("step.where", "step", static (e, x) => e.Where(x > 0, e.Full(x, 1), e.Full(x, 0))),
        Map("round.straight_through", "round_ste", static (e, x) => x + e.StopGradient(e.Round(x) - x)),
        Map("sign.straight_through", "sign_ste", static (e, x) => x + e.StopGradient(e.Sign(x) - x)),
        Map("sign.clipped_straight_through", "sign_ste_clip", static (e, x) => e.Clip(x, -1, 1) + e.StopGradient(e.Sign(x) - e.Clip(x, -1, 1))),
        Map("fake_quantize", "fake_quant", static (e, x) => e.FakeQuantize(x, 0.25, 0, -8, 7)),
        Map("fake_quantize.clip_round", "fake_quant", static (e, x) => e.Clip(x, -2, 1.75) + e.StopGradient((e.Round(e.Clip(x, -2, 1.75) / e.Full(x, 0.25)) * 0.25) - e.Clip(x, -2, 1.75))),
    ];
}
