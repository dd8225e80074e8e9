using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Functions of three arguments.</summary>
internal static class Triples
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("clip3", "clip3", static (e, x, a, b) => e.ClipTensor(x, a, b)),
        Map("clip3.min_max", "clip3", static (e, x, a, b) => e.Minimum(e.Maximum(x, a), b)),
        Map("clip3.where", "clip3", static (e, x, a, b) => e.Where(x < a, a, e.Where(x > b, b, x))),
        Map("median3", "median3", static (e, x, a, b) => e.Median0(e.Stack([x, a, b]))),
        Map("max3.stack", "max3", static (e, x, a, b) => e.Max0(e.Stack([x, a, b]))),
        Map("where3", "where3", static (e, x, a, b) => e.Where(x > 0, a, b)),
        Map("lerp_clip", "lerp", static (e, x, a, b) => a + e.Clip(x, 0, 1) * (b - a)),
    ];
}
