using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Measured = Nonsmooth.LibTorch.Measurement.Measurement;

namespace Nonsmooth.LibTorch.Tests.Measurement;

[Collection(Alone.Name)]
public sealed class CheapGradientCheckTests
{
    private const int Length = 5000;

    [Fact]
    public void AVjpThatMakesASquareTableOfAVectorIsNamed() => Finds(new Defective(Defect.SquareTable));

    [Fact]
    public void AVjpThatRecomputesInALoopIsNamed() => Finds(new Defective(Defect.RecomputingLoop), 100_000);

    [Fact]
    public void AVjpWithoutAKernelIsNamed()
    {
        var violation = Finds(new Defective(Defect.OnHost), 200_000);
        Assert.True(violation.OnHost);
        Assert.Contains("interpreter", violation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ACleanNetworkHasNoViolation()
    {
        Timed.Only();
        var objective = Program.Trace(
            [
                ("x", TensorType.Real(new Shape(64, 1, 16, 16))), ("w", TensorType.Real(new Shape(8, 1, 3, 3))), ("v", TensorType.Real(new Shape(10, 8 * 49))),
            ],
            v =>
            {
                var y = Functions.MaxPool2d(Functions.Relu(Functions.Conv2d(v[0], v[1])), 2);
                return [("loss", Functions.Linear(y.Reshape(new Shape(64, 8 * 49)), v[2]).Mean(0, 1))];
            });
        var gradient = objective.Backprop(new BackpropOptions { WithRespectTo = ["w", "v"] });
        Assert.Empty(CheapGradientCheck.Find(objective, gradient, Measured.Of(objective, gradient)));
    }

    private static Violation Finds(Defective function, int length = Length)
    {
        Timed.Only();
        var objective = Program.Trace(
            [("x", TensorType.Real(new Shape(length)))],
            v => [("loss", Functions.Relu(v[0].Builder.Apply(function, Functions.Relu(v[0]))).Mean(0))]);
        var gradient = objective.Backprop("x");
        var options = new MeasurementOptions { WarmUps = 1, Repeats = 3 };
        var measured = Measured.Of(objective, gradient, options);
        var violation = Assert.Single(CheapGradientCheck.Find(objective, gradient, measured));
        Assert.Equal("defective", violation.Node);
        Assert.Contains("defective.vjp.", violation.Slowest, StringComparison.Ordinal);
        return violation;
    }

    private enum Defect
    {
        SquareTable,
        RecomputingLoop,
        OnHost,
    }

    /// <summary>x ↦ 2x, whose vjp is right and far too dear.</summary>
    private sealed record Defective(Defect Defect) : CompositeFunction
    {
        public override string Name => "defective";

        protected override FunctionFacts? Facts => FunctionFacts.Smooth;

        public override bool HasVjp => true;

        protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments) => [arguments[0] * 2];

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
        {
            var g = cotangents[0]!;
            int n = g.Shape.Elements;
            return [Defect switch
            {
                Defect.SquareTable => (g.Reshape(new Shape(n, 1)) + at.Arguments[0].Reshape(new Shape(1, n)) * 0).Mean(1) * 2,
                Defect.RecomputingLoop => Enumerable.Range(0, 600).Aggregate(g, (sum, i) => sum + Functions.Sin(at.Arguments[0] * (1 + i)) * 0) * 2,
                _ => g.Builder.Apply(new OnInterpreter(), g),
            }];
        }
    }

    private sealed record OnInterpreter : ElementaryFunction
    {
        public override string Name => "on_interpreter";

        protected override FunctionFacts? Facts => FunctionFacts.Smooth;

        public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

        public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
        {
            var result = (Tensor<T>)arguments[0];
            for (int i = 0; i < 40; i++)
            {
                result = Twice(result);
            }

            return [result];
        }

        public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [tangents[0]];

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [cotangents[0]];

        public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
            OperationCount.Of(ScalarOperation.MultiplyConstant, arguments[0].Shape.Count64);
    }

    private static Tensor<T> Twice<T>(Tensor<T> x)
        where T : struct, INumeric<T> => new(x.Shape, Array.ConvertAll(x.Elements, e => e * T.FromDouble(2)));
}
