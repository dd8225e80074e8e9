using System.Runtime.Intrinsics;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Training.Engine;

/// <summary>Sums of gradients in single precision; each number is added alone, so any number of threads gives the same bits.</summary>
internal sealed unsafe class GradientAccumulator : IWorkerTask, IDisposable
{
    private readonly WorkerPool _pool;
    private readonly TorchTensor[] _sums;
    private readonly nint[] _pointers;
    private readonly nint[] _gradients;
    private readonly SlotRange[][] _shares;
    private bool _first;

    public GradientAccumulator(IReadOnlyList<ParameterSlot> slots, WorkerPool pool)
    {
        _pool = pool;
        _sums = [.. slots.Select(slot => TorchTensor.Empty([slot.Length]))];
        _pointers = [.. _sums.Select(sum => sum.DataPointer)];
        _gradients = new nint[slots.Count];
        _shares = [.. Enumerable.Range(0, pool.Threads).Select(worker => SlotShare.Of(slots, worker, pool.Threads))];
    }

    /// <summary>The address of each sum.</summary>
    public ReadOnlySpan<nint> Sums => _pointers;

    /// <summary>Adds gradients; the first ones of a step begin the sums.</summary>
    public void Add(ReadOnlySpan<nint> gradients, bool first)
    {
        gradients.CopyTo(_gradients);
        _first = first;
        _pool.Run(this);
    }

    public void Dispose()
    {
        foreach (var sum in _sums)
        {
            sum.Dispose();
        }
    }

    void IWorkerTask.Execute(int worker, int workers)
    {
        foreach (var range in _shares[worker])
        {
            var sum = (float*)_pointers[range.Slot] + range.Start;
            var gradient = (float*)_gradients[range.Slot] + range.Start;
            if (_first)
            {
                Buffer.MemoryCopy(gradient, sum, (range.End - range.Start) * sizeof(float), (range.End - range.Start) * sizeof(float));
            }
            else
            {
                Add(sum, gradient, range.End - range.Start);
            }
        }
    }

    private static void Add(float* sum, float* gradient, long length)
    {
        long i = 0;
        for (; i + Vector512<float>.Count <= length; i += Vector512<float>.Count)
        {
            Vector512.Store(Vector512.Load(sum + i) + Vector512.Load(gradient + i), sum + i);
        }

        for (; i < length; i++)
        {
            sum[i] += gradient[i];
        }
    }
}
