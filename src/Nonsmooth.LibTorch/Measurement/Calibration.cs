using System.Numerics;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Measures kernels through the executor and fits their times.</summary>
internal static class Calibration
{
    public static MachineModel Run(CalibrationOptions options)
    {
        LibTorchMemory.KeepFreed();
        var clock = options.KernelClock ?? ThreadClock.Steadiest;
        long begin = options.Clock.GetTimestamp();
        var executor = new LibTorchExecutor();
        var runs = new List<(CompiledProgram Program, IReadOnlyList<TorchTensor> Inputs, ProgramTimer Timer)>();
        try
        {
            foreach (var program in CalibrationPrograms.All())
            {
                var compiled = executor.Compile(program);
                var inputs = SampleInputs.Of(compiled.Program);
                runs.Add((compiled, inputs, new ProgramTimer(compiled, inputs, clock)));
                runs[^1].Timer.WarmUp();
            }

            // In rounds: a disturbance of some seconds spoils a round of each kernel, and not all of some.
            int rounds = 0;
            TimeSpan round;
            do
            {
                long from = options.Clock.GetTimestamp();
                foreach (var run in runs)
                {
                    run.Timer.Run();
                }

                rounds++;
                round = options.Clock.GetElapsedTime(from);
            }
            while (options.Clock.GetElapsedTime(begin) + round < options.Budget);

            var kernels = Fit(runs.Select(run => (KernelSamples.Of(run.Program.Program, run.Program.HostNodes), run.Timer.Result())));
            double stream = SecondsPerStreamedByte(clock);
            return new MachineModel(MachineModel.Format, MachineIdentity.Current(), options.Clock.GetElapsedTime(begin).TotalSeconds, rounds, stream, kernels);
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

    private static SortedDictionary<string, KernelModel> Fit(IEnumerable<(KernelSample[] Samples, ProgramTime Time)> runs)
    {
        var kinds = new Dictionary<string, List<(KernelSample Sample, double Seconds)>>(StringComparer.Ordinal);
        foreach (var (samples, time) in runs)
        {
            for (int n = 0; n < samples.Length; n++)
            {
                foreach (string kind in samples[n].Kinds)
                {
                    (kinds.TryGetValue(kind, out var list) ? list : kinds[kind] = []).Add((samples[n], time.Nodes[n].Least));
                }
            }
        }

        var models = new SortedDictionary<string, KernelModel>(StringComparer.Ordinal);
        foreach (var (kind, list) in kinds)
        {
            var model = KernelModel.Fit([.. list.Select(s => s.Sample)], [.. list.Select(s => s.Seconds)]);

            // Of kinds that stand in for others only the line is meant.
            models[kind] = kind is "any" or "view" ? model with { Positions = [], Residuals = [] } : model;
        }

        return models;
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
