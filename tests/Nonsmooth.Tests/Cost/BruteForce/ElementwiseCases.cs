using static Nonsmooth.Tests.Cost.BruteForce.CountedCase;

namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>Broadcasting, reductions and losses.</summary>
internal static class ElementwiseCases
{
    public static IEnumerable<CountedCase> All()
    {
        yield return Pair("sum with a row", new Shape(3, 4), new Shape(4), (a, b) => a + b);
        yield return Pair("column times row", new Shape(3, 1), new Shape(1, 4), (a, b) => a * b);
        yield return Pair("scalar times matrix", Shape.Scalar, new Shape(3, 4), (a, b) => a * b);
        yield return Pair("quotient by a middle axis", new Shape(2, 3, 4), new Shape(3, 1), (a, b) => a / b);
        yield return Pair("maximum with a row", new Shape(3, 4), new Shape(4), Maximum);
        yield return Pair("power of a column", new Shape(3, 1), new Shape(3, 4), Pow);
        yield return Pair("selection by a mask", new Shape(3, 4), new Shape(4), (a, b) => Where(Less(a, b), a, b));
        yield return Pair("row frozen", new Shape(3, 4), new Shape(4), (a, b) => Tanh(a * b) - b, "a");
        yield return Pair("matrix frozen", new Shape(3, 4), new Shape(4), (a, b) => Tanh(a * b) - b, "b");
        yield return Pair("concatenation and slices", new Shape(3, 4), new Shape(3, 2), (a, b) => Concatenate(1, a, b, a).Slice(1, 1, 9, 2));
        yield return Pair("value used four times", new Shape(5), new Shape(5), (a, b) => { var e = Exp(a); return (e * b) + (e / b) + (e * e); });
        yield return Pair("softmax over rows", new Shape(3, 4), new Shape(3, 4), (a, b) => Softmax(a, 0) * b);
        yield return Pair("logsumexp", new Shape(3, 4), new Shape(3), (a, b) => a.LogSumExp(1) - b);
        yield return Pair("maximum over an axis", new Shape(3, 4), new Shape(3), (a, b) => a.Max(1) * b);
        yield return Pair("norm over an axis", new Shape(3, 4), new Shape(3), (a, b) => a.Norm(2, 1) * b);
        yield return Pair("mean squared error", new Shape(3, 4), new Shape(3, 4), MeanSquaredError, "a");
        yield return Pair("Huber", new Shape(3, 4), new Shape(3, 4), (a, b) => Huber(a, b), "a");
        yield return Pair("absolute error", new Shape(3, 4), new Shape(3, 4), L1Loss);
        foreach (double smoothing in new[] { 0, 0.1 })
        {
            yield return Of(
                $"cross entropy, smoothing {smoothing}",
                "w",
                [("x", new Shape(3, 4)), ("t", TensorType.Index(new Shape(3))), ("w", new Shape(Classes, 4))],
                v => CrossEntropy(Linear(v("x"), v("w")), v("t"), smoothing));
        }
    }

    private static CountedCase Pair(string name, Shape a, Shape b, Func<Variable, Variable, Variable> value, string wanted = "a b") =>
        Of(name, wanted, [("a", a), ("b", b)], v => value(v("a"), v("b")));
}
