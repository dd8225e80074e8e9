using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.Cluster;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Training.Shards;

/// <summary>Sums of a rank's gradients in single precision: a shard's batches in turn, shards as the fixed tree says.</summary>
/// <remarks>Each number is added alone, so neither threads nor the order in which parameters come change bits.</remarks>
internal sealed unsafe class GradientSum : IWorkerTask
{
    // A register's worth, so that no two parameters share one.
    private const int Granule = 16;

    private readonly WorkerPool _pool;
    private readonly int _batches;
    private readonly ShardSum<float> _shards;
    private readonly float[] _turn;
    private readonly int[] _offsets;
    private readonly int[] _lengths;
    private readonly nint[] _sums;
    private readonly nint[] _gradients;
    private readonly SlotRange[][] _shares;
    private int _batch;

    /// <summary>Takes memory for the sums.</summary>
    /// <param name="slots">The parameters.</param>
    /// <param name="pool">The threads that add.</param>
    /// <param name="plan">Batches and shards.</param>
    /// <param name="order">In which order the parameters' sums lie; null for that of the slots.</param>
    /// <exception cref="NonsmoothException">There are too many numbers.</exception>
    public GradientSum(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, ShardPlan plan, IReadOnlyList<int>? order = null)
    {
        (_pool, _batches, Order) = (pool, plan.Batches, order ?? [.. Enumerable.Range(0, slots.Count)]);
        _offsets = new int[slots.Count];
        _lengths = [.. slots.Select(slot => checked((int)slot.Length))];
        long end = 0;
        foreach (int slot in Order)
        {
            _offsets[slot] = (int)end;
            end += (slots[slot].Length + Granule - 1) / Granule * Granule;
            if (end > Array.MaxLength)
            {
                throw new NonsmoothException($"there are {slots.Sum(s => s.Length)} numbers to train, and gradients of at most {Array.MaxLength} are added up: leave --accumulate and --shards out");
            }
        }

        _shards = new ShardSum<float>((int)end, plan.Own);
        _turn = plan.Own == 1 ? _shards.Next : plan.Batches > 1 ? GC.AllocateArray<float>((int)end, pinned: true) : [];
        _sums = [.. _offsets.Select(offset => Address(_shards.Result) + (offset * sizeof(float)))];
        _gradients = new nint[slots.Count];
        _shares = [.. Enumerable.Range(0, pool.Threads).Select(worker => SlotShare.Of(slots, worker, pool.Threads))];
    }

    /// <summary>The parameters in the order in which their sums lie.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>The address of each parameter's sum.</summary>
    public ReadOnlySpan<nint> Sums => _sums;

    /// <summary>All sums, of parameters in <see cref="Order"/>, padded.</summary>
    public float[] Numbers => _shards.Result;

    /// <summary>Where the sum of a parameter ends, padding included.</summary>
    public int End(int slot) => (_offsets[slot] + _lengths[slot] + Granule - 1) / Granule * Granule;

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        _shards.Clear();
        _batch = 0;
    }

    /// <summary>Adds the next gradients.</summary>
    public void Add(ReadOnlySpan<nint> gradients)
    {
        gradients.CopyTo(_gradients);
        _pool.Run(this);
        EndBatch();
    }

    /// <summary>Adds one parameter's part of the next gradients, which <see cref="EndBatch"/> ends.</summary>
    public void Add(int slot, nint gradient) => Add(new SlotRange(slot, 0, _lengths[slot]), gradient);

    /// <summary>Counts a batch whose parts are all added.</summary>
    public void EndBatch()
    {
        if (++_batch == _batches)
        {
            _batch = 0;
            _shards.EndShard();
        }
    }

    void IWorkerTask.Execute(int worker, int workers)
    {
        foreach (var range in _shares[worker])
        {
            Add(range, _gradients[range.Slot]);
        }
    }

    private void Add(SlotRange range, nint gradient)
    {
        int start = _offsets[range.Slot] + (int)range.Start, length = (int)(range.End - range.Start);
        var numbers = new ReadOnlySpan<float>((float*)gradient + range.Start, length);
        if (_batches > 1)
        {
            var turn = _turn.AsSpan(start, length);
            if (_batch == 0)
            {
                numbers.CopyTo(turn);
            }
            else
            {
                Lanes.Add(turn, numbers, turn);
            }

            numbers = turn;
        }

        if (_batch == _batches - 1 && (_batches == 1 || !ReferenceEquals(_turn, _shards.Next)))
        {
            _shards.AddPart(numbers, start);
        }
    }

    private static nint Address(float[] pinned) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
