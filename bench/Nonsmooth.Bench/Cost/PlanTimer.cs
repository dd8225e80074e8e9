using Nonsmooth.Arithmetic;
using Nonsmooth.Compiled;
using Nonsmooth.Cost;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Cost;

/// <summary>Runs a plan's programs, as often as the plan does, on one executor.</summary>
/// <remarks>
/// A repeat compiles every plan anew, since where tensors and code happen to lie moves a time by some per cent; then
/// the plans take turns, and each one's shortest round counts.
/// </remarks>
internal sealed class PlanTimer(Executor executor)
{
    // A plan shorter than this runs several times in a round.
    private const double Round = 1e-4;

    private static readonly TimeProvider _clock = ThreadClock.Steadiest;

    /// <summary>The time of each plan: the median of the repeats, and their range.</summary>
    public PlanTime[] Times(IReadOnlyList<JacobianPlan> plans, int repeats, int rounds)
    {
        var bound = plans.Select(PlanRun.Of).ToArray();
        double[][] repeated = [.. Enumerable.Range(0, repeats).Select(_ => Repeat(bound, rounds))];
        return [.. plans.Select((_, i) => PlanTime.Of(repeated.Select(times => times[i])))];
    }

    /// <summary>Compiles a program and binds samples, for a trial on the interpreter.</summary>
    public static (Action Run, IDisposable? Owned) Interpret(Programs.Program program)
    {
        var inputs = PlanRun.Draw(program);
        return (() => Interpreter.Evaluate<Rounded<Float64>>(program, inputs), null);
    }

    /// <summary>Makes a program ready and sets samples, for a trial on the compiled executor.</summary>
    public static (Action Run, IDisposable? Owned) Compile(Programs.Program program) => (Compiled(program, PlanRun.Draw(program)), null);

    private double[] Repeat(IReadOnlyList<PlanRun[]> plans, int rounds)
    {
        var owned = new List<IDisposable>();
        var runs = plans.Select(plan => Prepare(plan, owned)).ToArray();
        double[] best = new double[runs.Length];
        Array.Fill(best, double.PositiveInfinity);
        int[] calls = new int[runs.Length];
        Array.Fill(calls, 1);
        for (int round = -2; round < rounds; round++)
        {
            for (int i = 0; i < runs.Length; i++)
            {
                long begin = _clock.GetTimestamp();
                for (int call = 0; call < calls[i]; call++)
                {
                    runs[i]();
                }

                double taken = _clock.GetElapsedTime(begin).TotalSeconds / calls[i];
                best[i] = round < 0 ? best[i] : Math.Min(best[i], taken);
                calls[i] = round < 0 ? Math.Clamp((int)(Round / Math.Max(1e-7, taken)), 1, 1000) : calls[i];
            }
        }

        owned.ForEach(o => o.Dispose());
        return best;
    }

    private Action Prepare(PlanRun[] plan, List<IDisposable> owned)
    {
        var parts = plan.Select(part => (Run: Prepare(part, owned), part.Times)).ToArray();
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

    private static Action Compiled(Programs.Program program, IReadOnlyList<Tensor> inputs)
    {
        var run = CompiledProgram<double>.Of(program).Start();
        for (int i = 0; i < inputs.Count; i++)
        {
            run.Set(i, Array.ConvertAll(((Tensor<Rounded<Float64>>)inputs[i]).Elements, Rounded<Float64>.ToDouble));
        }

        return run.Execute;
    }

    private Action Prepare(PlanRun part, List<IDisposable> owned)
    {
        if (executor == Executor.Interpreter)
        {
            return () => Interpreter.Evaluate<Rounded<Float64>>(part.Program, part.Inputs);
        }

        if (executor == Executor.Compiled)
        {
            return Compiled(part.Program, part.Inputs);
        }

        var compiled = new LibTorchExecutor().Compile(part.Program);
        TorchTensor[] inputs = [.. part.Inputs.Cast<Tensor<Rounded<Float64>>>().Select(t => TorchTensor.FromSpan<float>(
            Array.ConvertAll(t.Elements, x => (float)Rounded<Float64>.ToDouble(x)), [.. t.Shape.Select(s => (long)s)]))];
        owned.AddRange([compiled, .. inputs]);
        return () => compiled.Run(inputs);
    }
}
