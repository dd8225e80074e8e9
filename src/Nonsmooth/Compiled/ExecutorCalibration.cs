using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>Times small programs of one kind of work each.</summary>
internal static class ExecutorCalibration
{
    private const int Elements = 2048;
    private const int Chain = 300;

    private static readonly TimeSpan _warm = TimeSpan.FromMilliseconds(200);

    public static ExecutorModel Run(TimeProvider clock)
    {
        var plain = Scalars(Chain, static (v, i) => i % 2 == 0 ? v[i % 8] * v[(i + 3) % 8] : Functions.Maximum(v[i % 8], v[(i + 5) % 8]));
        var waves = Scalars(Chain / 5, static (v, i) => Functions.Sin(v[i % 8]));
        var loop = Program.Trace([("x", new Shape(Elements)), ("y", new Shape(Elements))], v => [("z", Enumerable.Range(0, 8).Aggregate(v[0], (a, i) => i % 2 == 0 ? a * v[1] : Functions.Maximum(a, v[1])))]);
        var function = Program.Trace([("x", new Shape(Elements))], v => [("z", Functions.Tanh(Functions.Sin(v[0])))]);
        var product = Program.Trace([("a", new Shape(64, 64)), ("b", new Shape(64, 64))], v => [("z", Functions.MatMul(v[0], v[1]))]);
        var sort = Program.Trace([("x", new Shape(Elements))], v => [("z", v[0].Sort(0).Values)]);
        double step = Each(plain, clock) / Total(plain);
        double element = Each(loop, clock) / Total(loop);
        double sorted = Total(sort) + (2 * Elements);
        return new()
        {
            Step = step,
            StepFunction = Each(waves, clock) / Total(waves),
            Element = element,
            ElementFunction = Each(function, clock) / Total(function),
            Product = Each(product, clock) / (Total(product) / 2),
            OwnLoop = Each(sort, clock) / sorted,
            Planning = Making(plain, clock) / Total(plain),
            PlanningWhole = Making(loop, clock) / loop.Nodes.Count,
            InterpretedNode = Interpreting(plain, clock) / plain.Nodes.Count,
            InterpretedOperation = Interpreting(loop, clock) / Total(loop),
        };
    }

    private static double Total(Program program) => program.Count().Total;

    private static Program Scalars(int count, Func<List<Variable>, int, Variable> next)
    {
        var builder = new ProgramBuilder();
        List<Variable> values = [.. Enumerable.Range(0, 8).Select(i => builder.Input($"x{i}", Shape.Scalar))];
        for (int i = 0; i < count; i++)
        {
            values[i % 8] = next(values, i);
        }

        return builder.Build([.. values.Select((v, i) => ($"y{i}", v))]);
    }

    private static Array[] Point(Program program) =>
        [.. program.Inputs.Select((input, k) => Enumerable.Range(0, program.Types[input.Value].Shape.Elements).Select(i => 0.5 + (0.4 * Math.Sin(i + k))).ToArray())];

    private static double Each(Program program, TimeProvider clock)
    {
        var run = CompiledProgram<double>.Of(program).Start();
        Array[] point = Point(program);
        for (int i = 0; i < point.Length; i++)
        {
            run.Set(i, point[i]);
        }

        return Least(run.Execute, clock, 60);
    }

    private static double Making(Program program, TimeProvider clock) => Least(() =>
    {
        var compiled = CompiledProgram<double>.Of(program);
        compiled.Run(Point(program));
    }, clock, 5);

    private static double Interpreting(Program program, TimeProvider clock)
    {
        Array[] point = Point(program);
        return Least(() => Interpreter.Run<Float64>(program, point), clock, 5);
    }

    // The least of rounds, each long enough for the clock. The runtime compiles what is called often once more, in the background: until then calls are left out.
    private static double Least(Action run, TimeProvider clock, int rounds)
    {
        const double Round = 2e-4;
        long start = clock.GetTimestamp();
        int warm = 0;
        for (; warm < 2 || (clock.GetElapsedTime(start) < _warm && warm < 200_000); warm++)
        {
            run();
        }

        int calls = Math.Clamp((int)(Round * warm / Math.Max(1e-9, clock.GetElapsedTime(start).TotalSeconds)), 1, 10_000);
        double least = double.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            start = clock.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                run();
            }

            least = Math.Min(least, clock.GetElapsedTime(start).TotalSeconds / calls);
        }

        return least;
    }
}
