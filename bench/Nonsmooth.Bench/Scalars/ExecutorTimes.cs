using Nonsmooth.Arithmetic;
using Nonsmooth.Compiled;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.Bench.Scalars;

/// <summary>Values and gradients of small programs: what each executor is predicted to take and takes, one thread, by its own time.</summary>
internal static class ExecutorTimes
{
    private const int Rounds = 25;
    private const double Near = 0.25;

    private static readonly Executor[] _executors = [Executor.Interpreter, Executor.Tape, Executor.Compiled, Executor.LibTorch];

    public static int Run()
    {
        LibTorchThreads.Count = 1;
        var machine = MachineModel.Calibrate(new CalibrationOptions { File = null });
        Console.WriteLine(Text($"calibrated in {machine.CalibrationSeconds:F1} s, {machine.Rounds} rounds"));
        foreach (var (name, rates) in new[] { ("interpreter", machine.Executors!.Interpreter), ("tape", machine.Executors.Tape), ("compiled", machine.Executors.Compiled) })
        {
            Console.WriteLine($"{name}: {Rates(rates.Running)}; making {Rates(rates.Making)}");
        }

        Console.WriteLine("f64, libtorch f32; seconds of a run predicted / measured median (range), then of making it ready predicted / measured once");
        var errors = _executors.ToDictionary(e => e, _ => new List<double>());
        int right = 0;
        int all = 0;
        double most = 0;
        foreach (var (name, program) in SmallPrograms.All())
        {
            double[] measured = new double[_executors.Length];
            double[] predicted = new double[_executors.Length];
            for (int i = 0; i < _executors.Length; i++)
            {
                var price = _executors[i] == Executor.LibTorch ? machine.Price(program) : machine.Executors!.Price(program, _executors[i])!;
                var (making, median, least, largest) = Measure(program, _executors[i], price.Run);
                (measured[i], predicted[i]) = (median, price.Run);
                double error = (price.Run / median) - 1;
                errors[_executors[i]].Add(error);
                Console.WriteLine(Text(
                    $"{name,-28} {_executors[i],-12} {1e6 * price.Run,10:F2} / {1e6 * median,10:F2} µs ({1e6 * least:F2}–{1e6 * largest:F2}) {error,8:P0}; made {1e3 * price.Making:F2} / {1e3 * making:F2} ms"));
            }

            // How the choice by prediction fares for very many runs.
            int chosen = Array.IndexOf(predicted, predicted.Min());
            double regret = (measured[chosen] / measured.Min()) - 1;
            (all, right, most) = (all + 1, right + (regret == 0 ? 1 : 0), Math.Max(most, regret));
        }

        foreach (var executor in _executors)
        {
            double[] off = [.. errors[executor].Select(Math.Abs).Order()];
            Console.WriteLine(Text($"{executor}: {off.Count(e => e <= Near)} of {off.Length} within 25 %, median error {off[off.Length / 2]:P0}, worst {off[^1]:P0}"));
        }

        Console.WriteLine(Text($"the executor predicted to take least was the fastest in {right} of {all} programs, and at most {most:P0} slower than the fastest"));
        return 0;
    }

    private static string Rates(IReadOnlyDictionary<ExecutorWork, double> rates) => string.Join(", ", rates.Select(r => Text($"{r.Key} {1e9 * r.Value:G3} ns")));

    private static (double Making, double Median, double Least, double Most) Measure(Programs.Program program, Executor executor, double expected)
    {
        var clock = ThreadClock.Instance;
        double[][] inputs = [.. program.Inputs.Select((input, k) => Enumerable.Range(0, program.Types[input.Value].Shape.Elements).Select(i => 0.5 * Math.Sin(i + k)).ToArray())];
        long start = clock.GetTimestamp();
        using var plan = executor == Executor.LibTorch ? new LibTorchExecutor().Compile(program) : null;
        TorchTensor[] tensors = plan is null ? [] : [.. SampleInputs.Of(plan.Program)];
        var compiled = executor is Executor.Tape or Executor.Compiled
            ? CompiledProgram<double>.Of(program, new CompileOptions { Mode = executor == Executor.Tape ? CompileMode.Tape : CompileMode.Code }).Start() : null;
        for (int i = 0; compiled is not null && i < inputs.Length; i++)
        {
            compiled.Set(i, inputs[i]);
        }

        Action run = plan is not null ? () => plan.Run(tensors) : compiled is not null ? compiled.Execute : () => Interpreter.Run<Float64>(program, inputs);
        run();
        double making = clock.GetElapsedTime(start).TotalSeconds;

        // The runtime compiles what is called often once more, in the background.
        long warm = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(warm).TotalMilliseconds < 400)
        {
            run();
        }

        int calls = Math.Clamp((int)(2e-4 / expected), 1, 5000);
        double[] seconds = [.. Enumerable.Range(0, Rounds).Select(_ =>
        {
            long begin = clock.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                run();
            }

            return clock.GetElapsedTime(begin).TotalSeconds / calls;
        }).Order()];
        return (making, seconds[Rounds / 2], seconds[0], seconds[^1]);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
