using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.Programs;
using static Nonsmooth.Reliability.Profiles.Declaration;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>relu spelled otherwise, and programs that are 0.</summary>
internal static class Compositions
{
    private const string _group = "Compositions";

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "relu2@0", "relu(−x) + x", [0], Other, Other) { Jax = Seen, TensorFlow = Seen, Remark = "relu, with another slope at 0" },
        new(_group, "relu3@0", "(relu(x) + relu(−x) + x) / 2", [0], static x => x.Call("relu", "").Plus(Other(x)).Call("mul", "Tensor", x.One(0.5)), static x => (Functions.Relu(x) + Other(x)) * 0.5) { Jax = Seen, TensorFlow = Seen, Remark = "relu, with another slope at 0" },
        new(_group, "zero@0", "relu(−x) + x − relu(x)", [0], static x => Other(x).Plus(x.Call("relu", "").Call("neg", "")), static x => Other(x) - Functions.Relu(x)) { Jax = Seen, TensorFlow = Seen, Remark = "identically 0, and each term's slope is a Clarke subgradient of the term" },
    ];

    private static AutogradTensor Other(AutogradTensor x) => x.Call("neg", "").Call("relu", "").Plus(x);

    private static Variable Other(Variable x) => Functions.Relu(-x) + x;
}
