using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using static Nonsmooth.LibTorch.Autograd.AutogradArgument;
using static Nonsmooth.Reliability.Profiles.Declaration;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Norms and distances at 0 and at ties.</summary>
internal static class Norms
{
    private const string _group = "Norms";
    private const string _distance = "S4_RKN3c106ScalarE";

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "norm2@0", "norm(x)", [0, 0], Scalars("norm_Scalar", 2), static x => x.Norm(2)),
        new(_group, "vector_norm@0", "linalg.norm(x)", [0, 0], static x => x.Call("linalg_norm", "", None, None, false, None), static x => x.Norm(2)),
        new(_group, "by_hand@0", "sqrt(sum(x²))", [0, 0], static x => x.Call("square", "").Call("sum", "", None).Call("sqrt", ""), ByHand)
        {
            Jax = Seen,
            TensorFlow = Seen,
            Remark = "∞ · 0 in the chain rule; the norm itself has 0",
        },
        new(_group, "norm1@0", "norm(x, 1)", [0, 1], Scalars("norm_Scalar", 1), static x => x.Norm(1)),
        new(_group, "norminf@tie", "norm(x, ∞)", [2, -2, 1], Scalars("norm_Scalar", double.PositiveInfinity), static x => x.Norm(double.PositiveInfinity)),
        new(_group, "norminf@0", "norm(x, ∞)", [0, 0, 0], Scalars("norm_Scalar", double.PositiveInfinity), static x => x.Norm(double.PositiveInfinity)) { Remark = "JAX's is half of 1/3: its maximum starts from 0, which ties with |x|, and its abs'(0) is 1" },
        new(_group, "norm0.5@0", "norm(x, ½)", [0, 4], Scalars("norm_Scalar", 0.5)) { Remark = "the slope in the entry that is 0 is infinite" },
        new(_group, "cdist@same", "cdist(x, y)", [1, 2], static x => x.Shaped(1, 2).Call("cdist", "", x.Constant([1, 2], 1, 2), 2.0, None), static x => Shifted(x).Norm(2)),
        new(_group, "dist@same", "dist(x, y)", [1, 2], static x => x.CallSymbol("dist", _distance, x.Constant([1, 2], 2), 2.0), static x => Shifted(x).Norm(2)),
        new(_group, "pairwise_distance@same", "pairwise_distance(x, y), ε = 10⁻⁶", [1, 2], static x => x.Call("pairwise_distance", "", x.Constant([1, 2], 2), 2.0, 1e-6, false))
        {
            Radius = 1e-12,
            Remark = "ε moves the kink away: the slope of a function that is smooth here and has its kink at y − ε",
        },
        new(_group, "cosine_similarity@0", "cosine_similarity(x, y), ε = 10⁻⁸", [0, 0], static x => x.Call("cosine_similarity", "", x.Constant([1, 2], 2), 0, 1e-8))
        {
            Radius = 1e-12,
            Remark = "the true slope of the function that ε made: y / (‖y‖·ε)",
        },
        new(_group, "normalize@0", "x / max(‖x‖, ε), ε = 10⁻¹²", [0, 0], static x => x.Call("div", "Tensor", x.CallScalars("norm_Scalar", 2).CallScalars("clamp_min", 1e-12)), static x => x / Functions.Clamp(x.Norm(2), 1e-12))
        {
            Radius = 1e-16,
            Remark = "the true slope of the function that ε made: 1/ε",
        },
        new(_group, "std@equal", "std(x)", [1, 1, 1], static x => x.Call("std", "", true)),
        new(_group, "svdvals@repeated", "sum(svdvals(A))", [1, 0, 0, 1], static x => x.Shaped(2, 2).Call("linalg_svdvals", "", None)) { Remark = "the sum is smooth although each value is not" },
        new(_group, "eigvalsh@repeated", "sum(eigvalsh(A))", [1, 0, 0, 1], static x => x.Shaped(2, 2).Call("linalg_eigvalsh", "", Text("L"))) { Remark = "libtorch reads the lower triangle; its gradient is symmetric" },
        new(_group, "det@singular", "det(A)", [1, 1, 1, 1], static x => x.Shaped(2, 2).Call("det", "")) { Remark = "smooth, with the gradient (1, −1, −1, 1): libtorch returns zeros, a wrong gradient" },
    ];

    private static Variable ByHand(Variable x) => Functions.Sqrt(Functions.Square(x).Sum());

    private static Variable OfSizes(Variable x) => Functions.Abs(x).Max();

    private static Variable Shifted(Variable x) => Functions.Concatenate(0, x.At(0) - 1, x.At(1) - 2);
}
