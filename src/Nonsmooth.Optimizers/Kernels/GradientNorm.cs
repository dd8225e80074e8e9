using System.Runtime.Intrinsics;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>
/// The 2-norm of all gradients, in float64: no square of a float32 overflows there, so it is finite where
/// all gradients are. Sums are per block of fixed size, so any number of threads gives the same bits.
/// </summary>
internal sealed unsafe class GradientNorm : IWorkerTask
{
    private const long BlockLength = 1 << 16;

    private readonly WorkerPool _pool;
    private readonly Block[] _blocks;
    private readonly double[] _sums;
    private readonly nint[] _gradients;

    /// <param name="lengths">Numbers in each gradient.</param>
    /// <param name="pool">Who adds up.</param>
    public GradientNorm(IReadOnlyList<long> lengths, WorkerPool pool)
    {
        _pool = pool;
        var blocks = new List<Block>();
        for (int i = 0; i < lengths.Count; i++)
        {
            for (long start = 0; start < lengths[i]; start += BlockLength)
            {
                blocks.Add(new Block(i, start, Math.Min(BlockLength, lengths[i] - start)));
            }
        }

        _blocks = [.. blocks];
        _sums = new double[_blocks.Length];
        _gradients = new nint[lengths.Count];
    }

    /// <summary>The norm; an address of 0 counts as zeros.</summary>
    public double Measure(ReadOnlySpan<nint> gradients)
    {
        gradients.CopyTo(_gradients);
        _pool.Run(this);
        double sum = 0;
        foreach (double part in _sums)
        {
            sum += part;
        }

        return Math.Sqrt(sum);
    }

    void IWorkerTask.Execute(int worker, int workers)
    {
        int end = (int)((long)_blocks.Length * (worker + 1) / workers);
        for (int i = (int)((long)_blocks.Length * worker / workers); i < end; i++)
        {
            Block block = _blocks[i];
            nint gradient = _gradients[block.Gradient];
            _sums[i] = gradient == 0 ? 0 : SumOfSquares((float*)gradient + block.Start, block.Length);
        }
    }

    private static double SumOfSquares(float* values, long length)
    {
        Vector512<double> low = default;
        Vector512<double> high = default;
        long i = 0;
        for (; i + Vector512<float>.Count <= length; i += Vector512<float>.Count)
        {
            (Vector512<double> first, Vector512<double> second) = Vector512.Widen(Vector512.Load(values + i));
            low += first * first;
            high += second * second;
        }

        double sum = Vector512.Sum(low + high);
        for (; i < length; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;
    }

    private readonly record struct Block(int Gradient, long Start, long Length);
}
