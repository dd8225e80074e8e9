using System.Globalization;
using System.Runtime.InteropServices;
using Nonsmooth.Cluster;
using Nonsmooth.Cost;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Training.Shards;

/// <summary>An optimizer over ranks: each keeps the states of whole parameters of its own, updates these and gives them to the others (ZeRO's first stage; Rajbhandari and others, SC 2020).</summary>
/// <remarks>One rank, or ranks that keep all states each, are the case of one share. The bits are those of one optimizer.</remarks>
internal sealed unsafe class StateShare : IDisposable
{
    private readonly ICommunicator _ranks;
    private readonly IReadOnlyList<ParameterSlot> _slots;
    private readonly Range[] _parts;
    private readonly GradientNorm? _norm;

    /// <summary>Builds the optimizer of a rank's share.</summary>
    /// <param name="options">The optimizer.</param>
    /// <param name="slots">All parameters.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="isShared">Whether states are dealt out; else each rank has all.</param>
    /// <param name="pool">The threads of an update.</param>
    /// <param name="notice">Hears of ill-advised rates.</param>
    public StateShare(OptimizerOptions options, IReadOnlyList<ParameterSlot> slots, ICommunicator ranks, bool isShared, WorkerPool pool, Action<string>? notice)
    {
        (_ranks, _slots, IsShared) = (ranks, slots, isShared && ranks.Size > 1);
        _parts = IsShared ? StateShards.Parts([.. slots.Select(s => s.Length)], ranks.Size) : [];
        Optimizer = IsShared ? options.BuildPart(slots, _parts[ranks.Rank], pool, notice) : options.Build(slots, pool, notice);
        _norm = IsShared ? new GradientNorm([.. slots.Select(s => s.Length)], pool) : null;
    }

    /// <summary>Whether a rank has a part of the states only.</summary>
    public bool IsShared { get; }

    /// <summary>The optimizer of this rank's parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Takes a step, after which every rank has every parameter.</summary>
    public void Step(ReadOnlySpan<nint> gradients, double rate, double factor)
    {
        Optimizer.Step(Own(gradients), rate, factor);
        GiveParameters();
    }

    /// <summary>Takes a guarded step, likewise.</summary>
    public StepResult Step(ReadOnlySpan<nint> gradients, double rate, StepGuard guard)
    {
        if (_norm is null)
        {
            return Optimizer.Step(gradients, rate, guard);
        }

        var result = Optimizer.Step(Own(gradients), rate, guard, _norm.Measure(gradients));
        if (!result.Skipped)
        {
            GiveParameters();
        }

        return result;
    }

    /// <summary>Puts the weights to evaluate where the parameters are, on every rank, until the result is disposed.</summary>
    public IDisposable UseEvaluationWeights()
    {
        var own = Optimizer.UseEvaluationWeights();
        if (!IsShared || !Optimizer.HasEvaluationWeights)
        {
            return own;
        }

        GiveParameters();
        return new Given(this, own);
    }

    /// <summary>The states of all parameters by name; on another rank than 0 nothing. All ranks make the call.</summary>
    public IEnumerable<(string Name, float[] Numbers)> GatherStates()
    {
        if (!IsShared)
        {
            return Optimizer.States.Select(state => (NameOf(state), state.ToSingles()));
        }

        var own = Optimizer.States;
        var told = _ranks.AllGather(string.Join('\n', own.Select(s => string.Create(CultureInfo.InvariantCulture, $"{NameOf(s)}\t{s.Length}"))));
        if (_ranks.Rank > 0)
        {
            foreach (var state in own)
            {
                _ranks.Send(MemoryMarshal.AsBytes(state.ToSingles().AsSpan()), 0);
            }

            return [];
        }

        return [.. own.Select(s => (NameOf(s), s.ToSingles())), .. Enumerable.Range(1, _ranks.Size - 1).SelectMany(rank => Received(rank, told[rank]))];
    }

    /// <summary>How many steps each parameter has taken, on every rank.</summary>
    public long[] GatherStepCounts()
    {
        if (!IsShared)
        {
            return Optimizer.StepCounts.ToArray();
        }

        var counts = new long[_slots.Count];
        Optimizer.StepCounts.CopyTo(counts.AsSpan(_parts[_ranks.Rank]));
        for (int rank = 0; rank < _ranks.Size; rank++)
        {
            _ranks.Broadcast(counts.AsSpan(_parts[rank]), rank);
        }

        return counts;
    }

    /// <summary>Takes over the steps of all parameters.</summary>
    /// <exception cref="NonsmoothException">There is not one count per parameter, or one is negative.</exception>
    public void RestoreStepCounts(ReadOnlySpan<long> counts)
    {
        if (IsShared && counts.Length != _slots.Count)
        {
            throw new NonsmoothException($"{counts.Length} step counts for {_slots.Count} parameters: give one per parameter");
        }

        Optimizer.RestoreStepCounts(IsShared ? counts[_parts[_ranks.Rank]] : counts);
    }

    /// <summary>What a checkpoint calls a state.</summary>
    public static string NameOf(StateTensor state) => $"optimizer.{state.Parameter}.{state.Name}";

    public void Dispose() => Optimizer.Dispose();

    private List<(string Name, float[] Numbers)> Received(int rank, string told)
    {
        var states = new List<(string, float[])>();
        foreach (string[] line in told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')))
        {
            var numbers = new float[long.Parse(line[1], CultureInfo.InvariantCulture)];
            _ranks.Receive(MemoryMarshal.AsBytes(numbers.AsSpan()), rank);
            states.Add((line[0], numbers));
        }

        return states;
    }

    private ReadOnlySpan<nint> Own(ReadOnlySpan<nint> gradients) => IsShared ? gradients[_parts[_ranks.Rank]] : gradients;

    private void GiveParameters()
    {
        for (int rank = 0; rank < _parts.Length; rank++)
        {
            var (first, count) = _parts[rank].GetOffsetAndLength(_slots.Count);
            for (int i = first; i < first + count; i++)
            {
                _ranks.Broadcast(new Span<float>((float*)_slots[i].Values, checked((int)_slots[i].Length)), rank);
            }
        }
    }

    private sealed class Given(StateShare share, IDisposable own) : IDisposable
    {
        public void Dispose()
        {
            own.Dispose();
            share.GiveParameters();
        }
    }
}
