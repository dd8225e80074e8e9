using Nonsmooth.Arithmetic;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Scalars;

/// <summary>Loss and gradient of the network 10-32-32-1, or of a registered one, in f32, compiled and by libtorch: one thread each, by its own time, in turns.</summary>
internal static class PerceptronTimes
{
    private const int Rounds = 41;

    public static int Run(string[] args)
    {
        LibTorchThreads.Count = 1;
        if (args is [var network, .. var batches] && !int.TryParse(network, out _))
        {
            foreach (int batch in Array.ConvertAll(batches, int.Parse))
            {
                Time($"{network}, batch {batch}", Models.Find(network).Build(batch).Gradient(), 4);
            }

            return 0;
        }

        foreach (int batch in args.Length == 0 ? [1, 32] : Array.ConvertAll(args, int.Parse))
        {
            Time($"10-32-32-1, batch {batch}", Network(batch), 200);
        }

        return 0;
    }

    private static void Time(string name, Programs.Program gradient, int calls)
    {
        var random = new Random(3);
        Array[] values = [.. gradient.Inputs.Select(i => Values(gradient.Types[i.Value], random))];
        var compiled = CompiledProgram<float>.Of(gradient);
        var run = compiled.Start();
        for (int i = 0; i < values.Length; i++)
        {
            run.Set(i, values[i]);
        }

        TorchTensor[] tensors = [.. gradient.Inputs.Zip(values, (i, v) => Torch(gradient.Types[i.Value], v))];
        using var theirs = new LibTorchExecutor().Compile(gradient);
        int fewer = Math.Max(1, calls / 10);
        double[] seconds = Kernels.Clock.Medians(ThreadClock.Instance, Rounds, () => Repeat(run.Execute, calls), () => Repeat(() => theirs.Run(tensors), fewer));
        var (ours, libtorch) = (seconds[0] / calls, seconds[1] / fewer);
        Taken.Note($"small-network/{name}", ours, libtorch);
        var expected = Interpreter.Run<Float32>(gradient, values);
        bool same = Enumerable.Range(0, expected.Count).All(o => expected[o] is not Tensor<double> e || e.Elements.SequenceEqual(((Tensor<double>)run.Result(o)).Elements));
        Console.WriteLine(FormattableString.Invariant(
            $"{name}: {ours * 1e6:F2} µs, libtorch {libtorch * 1e6:F1} µs, {libtorch / ours:F1} times as fast; {(same ? "the interpreter's bits" : "other bits than the interpreter's")}"));
        Console.WriteLine($"  own loops {string.Join(' ', compiled.OwnLoops)}; interpreted {string.Join(' ', compiled.Interpreted)}");
    }

    private static Array Values(TensorType type, Random random) => type.Kind == ElementKind.Index
        ? Enumerable.Range(0, type.Shape.Elements).Select(i => (long)(i % 10)).ToArray()
        : Enumerable.Range(0, type.Shape.Elements).Select(_ => (float)(0.5 * ((2 * random.NextDouble()) - 1))).ToArray();

    private static TorchTensor Torch(TensorType type, Array values)
    {
        long[] shape = [.. type.Shape.Select(s => (long)s)];
        return values is long[] indices ? TorchTensor.FromSpan<long>(indices, shape) : TorchTensor.FromSpan<float>((float[])values, shape);
    }

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    private static GradientProgram Network(int batch) => Programs.Program.Trace(
        [("x", new Shape(batch, 10)), ("t", new Shape(batch, 1)), ("a", new Shape(32, 10)), ("p", new Shape(32)), ("b", new Shape(32, 32)), ("q", new Shape(32)), ("c", new Shape(1, 32)), ("r", new Shape(1))],
        v =>
        {
            var h = Functions.Relu(Functions.Linear(v[0], v[2], v[3]));
            h = Functions.Relu(Functions.Linear(h, v[4], v[5]));
            return [("loss", Functions.Square(Functions.Subtract(Functions.Linear(h, v[6], v[7]), v[1])).Mean())];
        }).Backprop(new BackpropOptions { WithRespectTo = ["a", "p", "b", "q", "c", "r"] });
}
