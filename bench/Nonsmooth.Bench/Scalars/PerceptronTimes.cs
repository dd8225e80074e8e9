using Nonsmooth.Arithmetic;
using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Scalars;

/// <summary>Loss and gradient of the network 10-32-32-1 in f32, compiled and by libtorch: one thread each, by its own time, in turns.</summary>
internal static class PerceptronTimes
{
    private const int Rounds = 41;

    public static int Run(string[] args)
    {
        LibTorchThreads.Count = 1;
        foreach (int batch in args.Length == 0 ? [1, 32] : Array.ConvertAll(args, int.Parse))
        {
            Time(batch);
        }

        return 0;
    }

    private static void Time(int batch)
    {
        Programs.Program gradient = Network(batch);
        var random = new Random(3);
        float[][] values = [.. gradient.Inputs.Select(i => Enumerable.Range(0, gradient.Types[i.Value].Shape.Elements).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray())];
        var run = CompiledProgram<float>.Of(gradient).Start();
        for (int i = 0; i < values.Length; i++)
        {
            run.Set(i, values[i]);
        }

        TorchTensor[] tensors = [.. gradient.Inputs.Zip(values, (i, v) => TorchTensor.FromSpan<float>(v, [.. gradient.Types[i.Value].Shape.Select(s => (long)s)]))];
        using var theirs = new LibTorchExecutor().Compile(gradient);
        const int Calls = 200;
        double[] seconds = Kernels.Clock.Medians(ThreadClock.Instance, Rounds, () => Repeat(run.Execute, Calls), () => Repeat(() => theirs.Run(tensors), Calls / 10));
        var (ours, libtorch) = (seconds[0] / Calls, seconds[1] / (Calls / 10));
        var expected = Interpreter.Run<Float32>(gradient, [.. values]);
        bool same = Enumerable.Range(0, expected.Count).All(o => ((Tensor<double>)expected[o]).Elements.SequenceEqual(((Tensor<double>)run.Result(o)).Elements));
        Console.WriteLine(FormattableString.Invariant(
            $"10-32-32-1, batch {batch}: {ours * 1e6:F2} µs, libtorch {libtorch * 1e6:F1} µs, {libtorch / ours:F1} times as fast; {(same ? "the interpreter's bits" : "other bits than the interpreter's")}"));
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
