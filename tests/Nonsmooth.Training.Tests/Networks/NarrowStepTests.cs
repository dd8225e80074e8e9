using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

/// <summary>One step in 16 bits moves every tensor as one in 32 bits does, or as far off as rounding what is stored alone makes it.</summary>
[Trait("Speed", "Slow")]
public sealed class NarrowStepTests
{
    private const int Batch = 64;

    static NarrowStepTests() => OwnKernels.Register(new StoredKernel());

    [Theory]
    [InlineData("gpt:1-32-2", Precision.BFloat16, 0.01)]
    [InlineData("gpt:1-32-2", Precision.Float16, 0.002)]
    [InlineData("vit:1-32-2-8", Precision.BFloat16, 0.01)]
    [InlineData("vit:1-32-2-8", Precision.Float16, 0.002)]
    [InlineData("resnet6-cifar", Precision.BFloat16, 0.01)]
    [InlineData("resnet6-cifar", Precision.Float16, 0.002)]
    [InlineData("lenet5", Precision.BFloat16, 0.01)]
    [InlineData("lenet5", Precision.Float16, 0.002)]
    public void EveryTensorsStepIsNear(string name, Precision precision, double near)
    {
        var network = Models.Find(name);
        var program = network.Build(Batch);
        var step = (Program)program.Step();
        using var parameters = new ParameterSet(program.Parameters, 1);
        var random = new CounterRandom(3);
        using var x = Draw(network.Examples[0].Batch(Batch), network.Classes!.Value, random.Derive("x"));
        using var target = Draw(network.Examples[1].Batch(Batch), network.Classes.Value, random.Derive("target"));
        TorchTensor[] inputs = [x, target, .. parameters.Tensors];
        int first = 1 + program.Buffers.Count;
        var single = Gradients(step, Precision.Float32, inputs, first);
        var narrow = Gradients(step, precision, inputs, first);
        TorchTensor[] kept = [.. inputs.Select(t => Stores(t, precision))];
        var rounded = Gradients(Rounding(step, precision), Precision.Float64, kept, first);
        Array.ForEach(kept, t => t.Dispose());
        var far = new List<string>();
        for (int i = 0; i < single.Length; i++)
        {
            double off = Apart(narrow[i], single[i]);
            double stored = Apart(rounded[i], single[i]);
            if (!(off <= near || off <= 1.5 * stored))
            {
                far.Add($"{program.Parameters[i].Name}: {off:P3} off, {stored:P3} by storage alone");
            }
        }

        Assert.True(far.Count == 0, string.Join('\n', far));
    }

    private static double Apart(double[] a, double[] b) =>
        Math.Sqrt(a.Zip(b).Sum(p => (p.First - p.Second) * (p.First - p.Second)) / Math.Max(b.Sum(v => v * v), 1e-300));

    private static double[][] Gradients(Program step, Precision precision, TorchTensor[] inputs, int first)
    {
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(step);
        compiled.Run(inputs);
        return [.. Enumerable.Range(first, step.Outputs.Count - first).Select(o =>
        {
            using var narrow = compiled.Peek(step.Outputs[o].Value);
            using var wide = narrow.To(TorchDtype.Float64);
            return wide.ToArray<double>();
        })];
    }

    // Whatever is stored between two nodes is rounded, statistics of norms excepted; arithmetic is in 64 bits.
    private static Program Rounding(Program program, Precision precision) => program.Rewrite((node, arguments) =>
    {
        if (arguments.Count == 0)
        {
            return null;
        }

        var results = arguments[0].Builder.ApplyAll(node.Function, [.. arguments]);
        return [.. results.Select((r, i) => r.Type.Kind == ElementKind.Real && !(i > 0 && node.Function is BatchNorm or LayerNorm) ? r.Builder.Apply(new Stored(precision), r) : r)];
    });

    private static TorchTensor Stores(TorchTensor tensor, Precision precision)
    {
        if (tensor.Dtype == TorchDtype.Int64)
        {
            return tensor.To(TorchDtype.Int64);
        }

        using var narrow = tensor.To(precision == Precision.Float16 ? TorchDtype.Float16 : TorchDtype.BFloat16);
        return narrow.To(TorchDtype.Float64);
    }

    private static TorchTensor Draw(TensorType type, int classes, CounterRandom random)
    {
        var values = new float[type.Shape.Elements];
        long[] sizes = [.. type.Shape.Select(s => (long)s)];
        if (type.Kind == ElementKind.Real)
        {
            random.FillNormal(values);
            return TorchTensor.FromSpan<float>(values, sizes);
        }

        random.FillUniform(values);
        return TorchTensor.FromSpan<long>([.. values.Select(v => (long)(v * classes))], sizes);
    }

    private sealed record Stored(Precision Precision) : ElementaryFunction
    {
        public override string Name => "stored";

        public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

        public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
        {
            var x = (Tensor<T>)arguments[0];
            return [Tensor.Generate(x.Shape, i => T.FromDouble(Round(T.ToDouble(x[i]))))];
        }

        public double Round(double value) => Precision == Precision.Float16 ? Float16.Round(value) : BFloat16.Round(value);

        public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [tangents[0]];

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [cotangents[0]];

        public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

        protected override FunctionFacts? Facts => FunctionFacts.Smooth;
    }

    private sealed class StoredKernel : ISpanKernel<Stored>
    {
        public void Run<T>(Stored function, SpanArguments<T> at)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            var x = at.Argument(0);
            var y = at.Result(0);
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = T.CreateTruncating(function.Round(double.CreateTruncating(x[i])));
            }
        }
    }
}
