using Nonsmooth.Dictionary;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>The greater of two arguments that are equal.</summary>
internal static class Pairs
{
    private const string _group = "Greater of two";

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "maximum@tie", "maximum(a, b)", [1, 1], static x => x.At(0).Call("maximum", "", x.At(1)), Two(Functions.Maximum)),
        new(_group, "minimum@tie", "minimum(a, b)", [1, 1], static x => x.At(0).Call("minimum", "", x.At(1)), Two(Functions.Minimum)),
        new(_group, "maximum_x0@0", "maximum(x, 0)", [0], static x => x.Call("maximum", "", x.One(0)), static x => Functions.Maximum(x, x.Same(0))) { Remark = "relu, with another slope at 0" },
        new(_group, "maximum_0x@0", "maximum(0, x)", [0], static x => x.One(0).Call("maximum", "", x), static x => Functions.Maximum(x.Same(0), x)) { Remark = "TensorFlow gives the tie to the first argument, here the constant" },
        new(_group, "fmax@tie", "fmax(a, b)", [1, 1], static x => x.At(0).Call("fmax", "", x.At(1))),
        new(_group, "fmin@tie", "fmin(a, b)", [1, 1], static x => x.At(0).Call("fmin", "", x.At(1))),
        new(_group, "logaddexp@tie", "logaddexp(a, b)", [1, 1], static x => x.At(0).Call("logaddexp", "", x.At(1))) { Remark = "smooth" },
    ];
}
