namespace Nonsmooth.Tests.Answers;

/// <summary>Programs with every kind of kink, each at a point that sits on several.</summary>
internal static class KinkedPrograms
{
    public static IReadOnlyList<(string Name, Program Program, double[] Point)> All { get; } =
    [
        Of("relu and abs", x => (Relu(x) + (2 * Abs(x))).Sum(), 0, 1, 0, -1),
        Of("leaky relu", x => (LeakyRelu(x, 0.1) * Weights(x)).Sum(), 0, 0, 0, -1),
        Of("relu6", x => (Relu6(x) * Weights(x)).Sum(), 0, 6, 0, 6),
        Of("hardtanh", x => (Hardtanh(x) * Weights(x)).Sum(), -1, 1, 0, 1),
        Of("clamp", x => (Clamp(x, 0.5, 2) * Weights(x)).Sum(), 0.5, 2, 0, 0.5),
        Of("clamp above", x => (Clamp(x, upper: 2) * Weights(x)).Sum(), 0.5, 2, 0, 2),
        Of("hardsigmoid", x => (Hardsigmoid(x) * Weights(x)).Sum(), -3, 3, 0, 3),
        Of("hardswish", x => (Hardswish(x) * Weights(x)).Sum(), -3, 3, 0, 3),
        Of("elu and selu", x => (Elu(x, 2) + (Selu(x) * Weights(x))).Sum(), 0, 0, 0, 1),
        Of("maximum", x => (Maximum(x, Scale(x, 2)) * Weights(x)).Sum(), 0, 1, 0, -1),
        Of("minimum", x => ((Minimum(x, Exp(2 * x) - 1) * Weights(x)) + Relu(x)).Sum(), 0, 1, 0, -1),
        Of("max over all", x => x.Max() + (2 * Abs(x).Min()), 1, 1, 1, 1),
        Of("max over an axis", x => (x.Reshape(new Shape(2, 2)).Max(0) * 3).Sum(), 1, 2, 1, 2),
        Of("norms", x => x.Norm(1) + x.Norm(double.PositiveInfinity) + x.Norm(2), 0, 0, 0, 0),
        Of("infinity norm", x => x.Norm(double.PositiveInfinity), 1, -1, 1, 0),
        Of("sort", x => (x.Sort().Values * Weights(x)).Sum(), 1, 1, 0, 1),
        Of("sort down", x => (x.Sort(descending: true).Values * Weights(x)).Sum(), 1, 0, 1, 1),
        Of("top", x => (x.TopK(2).Values * Exp(x.TopK(2).Values)).Sum(), 1, 1, 0, 1),
        Of("median", x => x.Median().Value * 2, 1, 1, 1, 0),
        Of("running maximum", x => (x.Builder.ApplyAll(new CumulativeMaximum(0), x)[0] * Weights(x)).Sum(), 1, 1, 0, 1),
        Of("max pool", x => Pooled(x).Sum(), 1, 1, 1, 1),
        Of("padded max pool", x => x.Builder.ApplyAll(new MaxPool2d([2, 2], [1, 1], [1, 1], [1, 1]), Plane(x))[0].Sum(), 1, 1, 1, 1),
        Of("norm pool", x => x.Builder.Apply(new NormPool2d([2, 2], [2, 2]), Plane(x)).Sum(), 0, 0, 0, 0),
        Of("cancelling", x => (Relu(x) - Relu(Negate(x))).Sum(), 0, 0, 0, 0),
        Of("nested", x => Relu(Abs(x).Sum() - Maximum(x, Negate(x)).Max()), 0, 0, 0, 0),
        Of("curved", x => Relu(Sin(x) * (1 + x)).Sum() + Abs(Tanh(x)).Max(), 0, 0, 0, 0),
        Of("hinge", x => (Relu(1 - (x * Weights(x))) * 2).Sum(), 1, 1, 1, 1),
    ];

    private static (string, Program, double[]) Of(string name, Func<Variable, Variable> function, params double[] point) =>
        (name, Program.Trace(function, new Shape(point.Length)), point);

    private static Variable Weights(Variable x) => x.Builder.ApplyAll(new CumulativeSum(0, false), x.Builder.Apply(new Fill(x.Shape, 1)))[0];

    private static Variable Plane(Variable x) => x.Reshape(new Shape(1, 1, 2, 2));

    private static Variable Pooled(Variable x) => x.Builder.ApplyAll(new MaxPool2d([2, 2], [2, 2], [0, 0], [1, 1]), Plane(x))[0];
}
