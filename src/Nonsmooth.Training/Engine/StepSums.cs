using Nonsmooth.Cluster;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Training.Shards;

namespace Nonsmooth.Training.Engine;

/// <summary>What a step adds up: gradients over batches, shards and ranks, these last while the sweep goes on, and what buffers follow.</summary>
internal sealed class StepSums : IDisposable
{
    private readonly GradientProgram _gradient;
    private readonly ShardPlan _plan;
    private readonly GradientSum? _sum;
    private readonly BucketSum? _buckets;
    private readonly BufferShards? _buffers;
    private readonly Action<int, nint>? _ready;
    private readonly bool[] _added;
    private int _complete;

    public StepSums(
        GradientProgram gradient, IReadOnlyList<ParameterSlot> slots, BufferSet buffers, WorkerPool pool, ShardPlan plan, ICommunicator ranks, int bucketLength, TimeProvider time)
    {
        (_gradient, _plan, _added) = (gradient, plan, new bool[slots.Count]);
        _sum = plan.PerStep > 1 ? new GradientSum(slots, pool, plan, ranks.Size > 1 ? gradient.Order : null) : null;
        _buffers = plan.IsSharded && buffers.Length > 0 ? new BufferShards(buffers, plan, ranks) : null;
        if (ranks.Size > 1 && _sum is not null)
        {
            _buckets = new BucketSum(ranks, _sum.Numbers, _sum.Order.Select(_sum.End), bucketLength, time);
            _ready = Ready;
        }
    }

    /// <summary>The address of each parameter's sum, once all is added.</summary>
    public ReadOnlySpan<nint> Gradients => _sum is null ? _gradient.Gradients : _sum.Sums;

    /// <summary>Time that sums over ranks took, and that steps waited for them.</summary>
    public (TimeSpan Busy, TimeSpan Exposed) Communication => _buckets is null ? default : (_buckets.Busy, _buckets.Exposed);

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        _sum?.Begin();
        _buffers?.Begin();
    }

    /// <summary>Hears that a gradient is about to be computed; over ranks the step's last is added while it is.</summary>
    public void BeginGradient(int take)
    {
        if (_buckets is not null && take == _plan.Takes - 1)
        {
            _buckets.Begin();
            Array.Clear(_added);
            _complete = 0;
            _gradient.Ready = _ready;
        }
    }

    /// <summary>Adds the gradient that was computed, and what buffers follow.</summary>
    public void EndGradient()
    {
        if (!_plan.IsSharded)
        {
            _gradient.Follow();
        }

        _buffers?.Add(_gradient);
        if (_gradient.Ready is null)
        {
            _sum?.Add(_gradient.Gradients);
        }
        else
        {
            _gradient.Ready = null;
            _sum!.EndBatch();
        }
    }

    /// <summary>Comes back when all gradients are summed over ranks.</summary>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    public void Finish() => _buckets?.Finish();

    /// <summary>Moves the buffers of shards, after a step was taken.</summary>
    public void MoveBuffers() => _buffers?.Finish();

    public void Dispose() => _buckets?.Dispose();

    private void Ready(int slot, nint gradient)
    {
        _sum!.Add(slot, gradient);
        _added[slot] = true;
        int before = _complete;
        while (_complete < _added.Length && _added[_sum.Order[_complete]])
        {
            _complete++;
        }

        if (_complete > before)
        {
            _buckets!.Ready(_sum.End(_sum.Order[_complete - 1]));
        }
    }
}
