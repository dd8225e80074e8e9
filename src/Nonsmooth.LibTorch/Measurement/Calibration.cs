using System.Numerics;
using Nonsmooth.Compiled;
using Nonsmooth.Cost;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Measures kernels through the executor and fits their times.</summary>
internal static class Calibration
{
    private const double ShareOfKernels = 0.7;

    // On a machine that other work fills, the budget is over after one round, which is cold.
    private const int LeastRounds = 3;
    private const double Small = 5e-4;
    private const int Repeats = 8;
    private const int Plain = 20;

    public static MachineModel Run(CalibrationOptions options)
    {
        LibTorchMemory.KeepFreed();
        var clock = options.KernelClock ?? ThreadClock.Steadiest;
        var wall = options.Clock ?? clock;
        long begin = wall.GetTimestamp();
        var executor = new LibTorchExecutor();
        var runs = new List<(CompiledProgram Program, IReadOnlyList<TorchTensor> Inputs, ProgramTimer Timer)>();
        try
        {
            var plans = new List<(double Nodes, double Seconds)>();
            foreach (var program in CalibrationPrograms.All())
            {
                long from = clock.GetTimestamp();
                var compiled = executor.Compile(program);
                plans.Add((compiled.Program.Nodes.Count, clock.GetElapsedTime(from).TotalSeconds));
                var inputs = SampleInputs.Of(compiled.Program);
                runs.Add((compiled, inputs, new ProgramTimer(compiled, inputs, clock)));
                runs[^1].Timer.WarmUp();
            }

            // In rounds: a disturbance of some seconds spoils a round of each kernel, and not all of some.
            int rounds = 0;
            TimeSpan round;
            do
            {
                long from = wall.GetTimestamp();
                foreach (var run in runs)
                {
                    // What is small runs hot where it is run at all: in programs that are small.
                    double seconds = run.Timer.Run();
                    for (int again = 0; seconds < Small && again < Repeats; again++)
                    {
                        run.Timer.Run();
                    }
                }

                rounds++;
                round = wall.GetElapsedTime(from);
            }
            while (wall.GetElapsedTime(begin) + round < ShareOfKernels * options.Budget || (rounds < LeastRounds && options.Budget > TimeSpan.Zero));

            var kernels = Fit([.. runs.Select(run => (KernelSamples.Of(run.Program.Program, run.Program.HostNodes), run.Timer.Result(), Observing(run, clock)))]);
            double stream = SecondsPerStreamedByte(clock);
            double[] planning = NonNegativeLeastSquares.Solve([.. plans.Select(p => new[] { 1 / p.Seconds, p.Nodes / p.Seconds })], [.. plans.Select(_ => 1.0)]);
            var executors = ExecutorModel.Calibrate((1 - ShareOfKernels) * options.Budget, clock, wall);
            return new MachineModel(MachineModel.Format, MachineIdentity.Current(), wall.GetElapsedTime(begin).TotalSeconds, rounds, stream, kernels)
            {
                Executors = executors,
                SecondsPerPlan = planning[0],
                SecondsPerPlannedNode = planning[1],
            };
        }
        finally
        {
            foreach (var (program, inputs, _) in runs)
            {
                program.Dispose();
                foreach (var input in inputs)
                {
                    input.Dispose();
                }
            }
        }
    }

    private static SortedDictionary<string, KernelModel> Fit(IReadOnlyList<(KernelSample[] Samples, ProgramTime Time, double Observing)> runs)
    {
        var kinds = new Dictionary<string, List<(KernelSample Sample, double Seconds)>>(StringComparer.Ordinal);
        double[] observing = [.. runs.Select(r => r.Observing).Where(double.IsFinite).Order()];
        var cold = runs.SelectMany(r => r.Samples).Where(s => !s.Kinds.Any(IsHot)).SelectMany(s => s.Kinds).ToHashSet(StringComparer.Ordinal);
        foreach (var (samples, time, own) in runs)
        {
            double reading = double.IsFinite(own) ? own : observing is [] ? 0 : observing[observing.Length / 2];
            for (int n = 0; n < samples.Length; n++)
            {
                // A hot kernel stands in for one that is not only where there is no other.
                bool isHot = samples[n].Kinds.Any(IsHot);
                foreach (string kind in samples[n].Kinds.Where(k => !isHot || IsHot(k) || !cold.Contains(k)))
                {
                    (kinds.TryGetValue(kind, out var list) ? list : kinds[kind] = []).Add((samples[n], Math.Max(1e-9, time.Nodes[n].Least - reading)));
                }
            }
        }

        var models = new SortedDictionary<string, KernelModel>(StringComparer.Ordinal);
        foreach (var (kind, list) in kinds)
        {
            var model = KernelModel.Fit([.. list.Select(s => s.Sample)], [.. list.Select(s => s.Seconds)]);

            // Of kinds that stand in for others only the line is meant.
            models[kind] = kind.Replace(KernelSamples.Hot, "", StringComparison.Ordinal) is "any" or "view" ? model with { Positions = [], Residuals = [] } : model;
        }

        return models;

        static bool IsHot(string kind) => kind.EndsWith(KernelSamples.Hot, StringComparison.Ordinal);
    }

    // What taking a node's time takes, which the time has in it: programs of small kernels run without it too. NaN for others.
    private static double Observing((CompiledProgram Program, IReadOnlyList<TorchTensor> Inputs, ProgramTimer Timer) run, TimeProvider clock)
    {
        double observed = run.Timer.Result().Undisturbed;
        if (observed >= Small)
        {
            return double.NaN;
        }

        TorchTensor[] tensors = [.. run.Inputs];
        double least = double.PositiveInfinity;
        for (int i = 0; i < Plain; i++)
        {
            long begin = clock.GetTimestamp();
            run.Program.Run(tensors);
            least = Math.Min(least, clock.GetElapsedTime(begin).TotalSeconds);
        }

        return Math.Max(0, observed - least) / run.Program.Program.Nodes.Count;
    }

    // What an optimizer's pass over its state does: reads, a little arithmetic, writes.
    private static double SecondsPerStreamedByte(TimeProvider clock)
    {
        float[][] arrays = [.. Enumerable.Range(0, 4).Select(_ => new float[1 << 21])];
        double least = double.PositiveInfinity;
        for (int repeat = 0; repeat < 6; repeat++)
        {
            long begin = clock.GetTimestamp();
            for (int i = 0; i <= arrays[0].Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var g = new Vector<float>(arrays[0], i);
                var m = (new Vector<float>(arrays[1], i) * 0.9f) + (g * 0.1f);
                var v = (new Vector<float>(arrays[2], i) * 0.9f) + (g * g * 0.1f);
                m.CopyTo(arrays[1], i);
                v.CopyTo(arrays[2], i);
                (new Vector<float>(arrays[3], i) - (m / (Vector.SquareRoot(v) + new Vector<float>(1e-8f)))).CopyTo(arrays[3], i);
            }

            least = Math.Min(least, clock.GetElapsedTime(begin).TotalSeconds);
        }

        return least / (7 * sizeof(float) * (double)arrays[0].Length);
    }
}
