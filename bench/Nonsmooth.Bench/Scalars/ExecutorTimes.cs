using System.Diagnostics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Scalars;

/// <summary>Gradients of programs of several kinds: what each executor is predicted to take and takes, one thread, by its own time.</summary>
internal static class ExecutorTimes
{
    public static int Run()
    {
        LibTorchThreads.Count = 1;
        var model = ExecutorModel.Calibrate(ThreadClock.Instance);
        Console.WriteLine(model);
        Time(model, "1,000 scalar operations", ScalarPrograms.Draw(1000, 1).Program.Backprop(new BackpropOptions()));
        foreach (int size in new[] { 64, 1024, 16_384 })
        {
            Time(model, $"elementwise, {size}", Programs.Program.Trace([("x", new Shape(size))], v => [("y", Functions.Multiply(Functions.Tanh(v[0]), Functions.Relu(v[0])).Sum())]).Backprop(new BackpropOptions()));
        }

        foreach (int size in new[] { 16, 64, 256 })
        {
            Time(model, $"layer of {size}", Programs.Program.Trace(
                [("x", new Shape(size, size)), ("w", new Shape(size, size)), ("b", new Shape(size))],
                v => [("y", Functions.Square(Functions.Relu(Functions.Linear(v[0], v[1], v[2]))).Mean())]).Backprop(new BackpropOptions()));
        }

        return 0;
    }

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }

    private static void Time(ExecutorModel model, string name, Programs.Program program)
    {
        double[][] inputs = [.. program.Inputs.Select((input, k) => Enumerable.Range(0, program.Types[input.Value].Shape.Elements).Select(i => 0.5 * Math.Sin(i + k)).ToArray())];
        var (planning, predicted) = model.Compiled(program);
        double interpreted = model.Interpreted(program);
        var clock = Stopwatch.StartNew();
        var compiled = CompiledProgram<double>.Of(program);
        var run = compiled.Start();
        for (int i = 0; i < inputs.Length; i++)
        {
            run.Set(i, inputs[i]);
        }

        run.Execute();
        double made = clock.Elapsed.TotalSeconds;
        clock.Restart();
        using var plan = new LibTorchExecutor().Compile(program);
        double planned = clock.Elapsed.TotalSeconds;
        LibTorch.Tensors.TorchTensor[] tensors = [.. SampleInputs.Of(plan.Program)];
        int calls = Math.Clamp((int)(2e-4 / predicted), 1, 1000);
        for (int warm = 0; warm < 40; warm++)
        {
            Interpreter.Run<Float64>(program, inputs);
            Repeat(run.Execute, calls);
        }

        double[] seconds = Kernels.Clock.Medians(ThreadClock.Instance, 25, () => Repeat(run.Execute, calls), () => Interpreter.Run<Float64>(program, inputs), () => plan.Run(tensors));
        seconds[0] /= calls;
        Console.WriteLine(FormattableString.Invariant(
            $"{name}: compiled {seconds[0] * 1e6:F2} µs (predicted {predicted * 1e6:F2}), made in {made * 1e3:F1} ms ({planning * 1e3:F1}); interpreter {seconds[1] * 1e6:F0} µs ({interpreted * 1e6:F0}); libtorch in f32 {seconds[2] * 1e6:F0} µs, planned in {planned * 1e6 / plan.Program.Nodes.Count:F1} µs a node"));
    }
}
