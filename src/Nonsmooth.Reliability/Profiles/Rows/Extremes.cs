using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.Programs;
using static Nonsmooth.Reliability.Profiles.Declaration;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>The greatest of several entries of which two are equal.</summary>
internal static class Extremes
{
    private const string _group = "Greatest of several";
    private const string _indexed = "follows the index that libtorch returns, where the dictionary's max over axes averages as amax does";

    private static readonly double[] _high = [2, 2, 1];
    private static readonly double[] _low = [1, 1, 2];

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "max@tie", "max(x)", _high, Op("max"), static x => x.Max()),
        new(_group, "min@tie", "min(x)", _low, Op("min"), static x => x.Min()),
        new(_group, "amax@tie", "amax(x)", _high, static x => x.Call("amax", "", AutogradArgument.List(0), false), static x => x.Max()),
        new(_group, "amin@tie", "amin(x)", _low, static x => x.Call("amin", "", AutogradArgument.List(0), false), static x => x.Min()),
        Indexed("max_dim@tie", "max(x, dim)", _high, static x => x.CallMany("max", "dim", 2, 0, false)[0], static x => x.Max()) with { Jax = null, TensorFlow = null },
        Indexed("min_dim@tie", "min(x, dim)", _low, static x => x.CallMany("min", "dim", 2, 0, false)[0], static x => x.Min()),
        Picked("argmax@tie", "x[argmax(x)]", _high, "argmax"),
        Picked("argmin@tie", "x[argmin(x)]", _low, "argmin"),
        new(_group, "logsumexp@tie", "logsumexp(x)", [1, 1], static x => x.Call("logsumexp", "", AutogradArgument.List(0), false), static x => x.LogSumExp()) { Remark = "smooth" },
        new(_group, "softmax@tie", "x · softmax(x)", [1, 1], static x => x.Call("mul", "Tensor", x.Call("softmax", "int", 0, AutogradArgument.None)), static x => x * Functions.Softmax(x)) { Remark = "smooth" },
    ];

    private static KinkRow Indexed(string id, string expression, double[] point, Func<AutogradTensor, AutogradTensor> live, Func<Variable, Variable> program) =>
        new(_group, id, expression, point, live, program) { Jax = Recorded, TensorFlow = Recorded, ProgramIsLibTorch = false, Remark = _indexed };

    private static KinkRow Picked(string id, string expression, double[] point, string index) =>
        new(_group, id, expression, point, x => x.Call("gather", "", 0, x.Call(index, "", AutogradArgument.Some(0), true), false))
        {
            Jax = Seen.As(1, 0, 0),
            TensorFlow = Seen.As(1, 0, 0),
        };
}
