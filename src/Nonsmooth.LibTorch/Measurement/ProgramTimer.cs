using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Runs a compiled program and takes the time of each of its nodes.</summary>
/// <remarks>
/// It uses the program's observer while it runs and gives the old one back. The overhead is that of reading a clock
/// once a node. A node's time includes the release of what the node before it used last: for tensors large enough
/// to be given back to the system, that is milliseconds. Nodes of fixed values (<see cref="ExecutionOptions.Fixed"/>) take none after the first run.
/// </remarks>
public sealed class ProgramTimer
{
    private readonly CompiledProgram _program;
    private readonly TorchTensor[] _inputs;
    private readonly TimeProvider _clock;
    private readonly List<double[]> _runs = [];
    private readonly List<double> _totals = [];

    /// <summary>Gets ready; nothing runs.</summary>
    /// <param name="program">The program.</param>
    /// <param name="inputs">Its inputs, which stay the caller's.</param>
    /// <param name="clock">The clock; <see cref="ThreadClock.Steadiest"/> without one.</param>
    public ProgramTimer(CompiledProgram program, IReadOnlyList<TorchTensor> inputs, TimeProvider? clock = null) =>
        (_program, _inputs, _clock) = (program, [.. inputs], clock ?? ThreadClock.Steadiest);

    /// <summary>Runs it without keeping the time.</summary>
    public void WarmUp() => _program.Run(_inputs);

    /// <summary>Runs it once and keeps the time of each node.</summary>
    /// <returns>Seconds of the run.</returns>
    public double Run()
    {
        var times = new double[_program.Program.Nodes.Count];
        long begin = 0, before = 0;
        var observer = _program.Observer;
        _program.Observer = (node, _) =>
        {
            long now = _clock.GetTimestamp();
            times[node.Index] = _clock.GetElapsedTime(before, now).TotalSeconds;
            before = now;
        };
        try
        {
            before = begin = _clock.GetTimestamp();
            _program.Run(_inputs);
            long end = _clock.GetTimestamp();
            _runs.Add(times);
            _totals.Add(_clock.GetElapsedTime(begin, end).TotalSeconds);
            return _totals[^1];
        }
        finally
        {
            _program.Observer = observer;
        }
    }

    /// <summary>What the runs so far took.</summary>
    /// <exception cref="NonsmoothException">Nothing has run yet.</exception>
    public ProgramTime Result()
    {
        if (_runs.Count == 0)
        {
            throw new NonsmoothException("the program has not run yet: ask for at least 1 repeat");
        }

        var nodes = _program.Program.Nodes.Select((node, i) => new NodeTime(
            node.Name, node.Function.Name, node.Role == NodeRole.Vjp, _runs.Min(run => run[i]), Median([.. _runs.Select(run => run[i])])) { Lineage = [.. node.Lineage()] });
        return new ProgramTime([.. nodes], _totals.Min(), Median([.. _totals]));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }
}
