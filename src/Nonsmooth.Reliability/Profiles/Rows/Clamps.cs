using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Autograd;
using static Nonsmooth.Reliability.Profiles.Declaration;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>clamp at its bounds.</summary>
internal static class Clamps
{
    private const string _group = "Clamps";
    private const string _both = "RKSt8optionalIN3c106ScalarEESA_";

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "clamp@lo", "clamp(x, −1, 1)", [-1], static x => x.CallSymbol("clamp", _both, -1.0, 1.0), static x => Functions.Clamp(x, -1, 1)) { Remark = "jax.numpy.clip; jax.lax.clamp has 0" },
        new(_group, "clamp@hi", "clamp(x, −1, 1)", [1], static x => x.CallSymbol("clamp", _both, -1.0, 1.0), static x => Functions.Clamp(x, -1, 1)) { Remark = "jax.numpy.clip; jax.lax.clamp has 0" },
        new(_group, "clamp_tensor@lo", "clamp(x, tensor −1, tensor 1)", [-1], static x => x.Call("clamp", "Tensor", AutogradArgument.Some(x.One(-1)), AutogradArgument.Some(x.One(1))), static x => Functions.Clamp(x, -1, 1)),
        new(_group, "clamp_min@0", "clamp_min(x, 0)", [0], Scalars("clamp_min", 0), static x => Functions.Clamp(x, 0)),
        new(_group, "clamp_max@0.5", "clamp_max(x, 0.5)", [0.5], Scalars("clamp_max", 0.5), static x => Functions.Clamp(x, upper: 0.5)) { Jax = Seen, TensorFlow = Seen },
        new(_group, "clamp00@0", "clamp(x, 0, 0)", [0], static x => x.CallSymbol("clamp", _both, 0.0, 0.0), static x => Functions.Clamp(x, 0, 0)) { Remark = "constant 0, with slope 1 at 0" },
    ];
}
