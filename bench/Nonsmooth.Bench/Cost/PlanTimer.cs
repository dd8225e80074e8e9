using System.Diagnostics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Cost;

/// <summary>Runs a plan's programs, as often as the plan does, on one executor.</summary>
internal sealed class PlanTimer(bool libTorch) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>The shortest of some rounds of each plan, the plans taking turns.</summary>
    public double[] Seconds(IReadOnlyList<JacobianPlan> plans, int rounds)
    {
        var runs = plans.Select(Prepare).ToArray();
        double[] best = new double[runs.Length];
        Array.Fill(best, double.PositiveInfinity);
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < runs.Length; i++)
            {
                long begin = Stopwatch.GetTimestamp();
                runs[i]();
                double taken = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                best[i] = round < 0 ? best[i] : Math.Min(best[i], taken);
            }
        }

        Dispose();
        return best;
    }

    public void Dispose()
    {
        _owned.ForEach(o => o.Dispose());
        _owned.Clear();
    }

    private Action Prepare(JacobianPlan plan)
    {
        var parts = plan.Stages.SelectMany(s => new[] { (Run: Prepare(s.Once), Times: 1L), (Run: Prepare(s.Each), Times: s.Sweeps) }).ToList();
        if (plan.Product is { } product)
        {
            parts.Add((Prepare(product), 1));
        }

        return () =>
        {
            foreach (var (run, times) in parts)
            {
                for (long i = 0; i < times; i++)
                {
                    run();
                }
            }
        };
    }

    private Action Prepare(Programs.Program program)
    {
        var random = new Random(3);
        var types = program.Inputs.Select(i => program.Types[i.Value]).ToArray();
        var reals = types.Select(t => Enumerable.Range(0, t.Shape.Elements).Select(_ => 0.1 + random.NextDouble()).ToArray()).ToArray();
        if (!libTorch)
        {
            Tensor[] tensors = [.. types.Select((t, i) => (Tensor)new Tensor<Rounded<Float64>>(t.Shape, Array.ConvertAll(reals[i], Rounded<Float64>.FromDouble)))];
            return () => Interpreter.Evaluate<Rounded<Float64>>(program, tensors);
        }

        var compiled = new LibTorchExecutor().Compile(program);
        TorchTensor[] inputs = [.. types.Select((t, i) => TorchTensor.FromSpan<float>(
            Array.ConvertAll(reals[i], x => (float)x), [.. t.Shape.Select(s => (long)s)]))];
        _owned.AddRange([compiled, .. inputs]);
        return () => compiled.Run(inputs);
    }
}
