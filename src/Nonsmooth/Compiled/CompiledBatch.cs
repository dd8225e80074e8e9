using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>A compiled program at many points: several go through its steps side by side, one in each lane of the machine's vectors.</summary>
/// <typeparam name="T">The reals.</typeparam>
/// <remarks>Each point's results have the bits of a run on it alone, for any number of threads.</remarks>
public sealed class CompiledBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Steps<T> _steps;
    private readonly int[] _results;
    private readonly int _width;

    internal CompiledBatch(CompiledProgram<T> program)
    {
        var recorder = program.Recorder;
        if (recorder.Kernels.Count > 0)
        {
            throw new NonsmoothException($"{recorder.Kernels[0].Name} is not written out number by number: run the program one point at a time");
        }

        if (recorder.Indices.Count > 0 || Array.Exists(recorder.Outputs, o => o.Type.Kind != ElementKind.Real))
        {
            throw new NonsmoothException("the program takes or gives indices or masks: run it one point at a time");
        }

        int bytes = !program.IsCode ? 0 : Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16;
        _width = Math.Max(1, bytes / Unsafe.SizeOf<T>());
        _steps = _width == 1 ? program.Steps : Steps<T>.Code(recorder, program.Options.Chunk, _width);
        Numbers = program.Given;
        _results = [.. recorder.Outputs.SelectMany(o => Enumerable.Range(o.Address, o.Elements))];
    }

    /// <summary>How many numbers a point has: the elements of the inputs, one input after another.</summary>
    public int Numbers { get; }

    /// <summary>How many numbers a point's results have: the elements of the outputs, one output after another.</summary>
    public int Results => _results.Length;

    /// <summary>Runs the program at each point.</summary>
    /// <param name="points">The points, one after another.</param>
    /// <param name="results">Filled with the results, one point's after another's.</param>
    /// <param name="threads">How many threads share the points.</param>
    /// <exception cref="NonsmoothException">The lengths do not fit.</exception>
    public void Run(ReadOnlyMemory<T> points, Memory<T> results, int threads = 1)
    {
        int count = Numbers == 0 ? results.Length / Math.Max(1, Results) : points.Length / Numbers;
        if (points.Length != (long)count * Numbers || results.Length != (long)count * Results)
        {
            throw new NonsmoothException(
                $"{points.Length} numbers and {results.Length} results are not those of points of {Numbers} with {Results} results each: give multiples of one count");
        }

        int blocks = (count + _width - 1) / _width;
        threads = Math.Clamp(threads, 1, Math.Max(1, blocks));
        Task[] others = [.. Enumerable.Range(1, threads - 1).Select(t => Task.Factory.StartNew(
            () => Share(t), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Share(0);
        Task.WaitAll(others);

        void Share(int thread)
        {
            var frame = _steps.Frame([], 0);
            int to = (int)((long)blocks * (thread + 1) / threads);
            for (int block = (int)((long)blocks * thread / threads); block < to; block++)
            {
                Block(frame, points.Span, results.Span, block * _width, count);
            }
        }
    }

    // Whole vectors are stored: one that is read right after it was put together from single stores waits for them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Eight(double* x, double* to, int numbers)
    {
        for (int i = 0; i < numbers; i++, x++)
        {
            Vector512.Create(x[0], x[numbers], x[2 * numbers], x[3 * numbers], x[4 * numbers], x[5 * numbers], x[6 * numbers], x[7 * numbers]).Store(to + (8 * i));
        }
    }

    // Lanes beyond the last point repeat it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Block(Frame<T> frame, ReadOnlySpan<T> points, Span<T> results, int first, int count)
    {
        var memory = frame.Memory;
        if (typeof(T) == typeof(double) && _width == 8 && first + 8 <= count)
        {
            fixed (T* from = points)
            {
                Eight((double*)from + (first * Numbers), (double*)memory, Numbers);
            }
        }
        else
        {
            for (int lane = 0; lane < _width; lane++)
            {
                var point = points.Slice(Math.Min(first + lane, count - 1) * Numbers, Numbers);
                for (int i = 0; i < point.Length; i++)
                {
                    memory[(i * _width) + lane] = point[i];
                }
            }
        }

        _steps.Run(frame);
        for (int lane = 0; lane < _width && first + lane < count; lane++)
        {
            var result = results.Slice((first + lane) * Results, Results);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = memory[(_results[i] * _width) + lane];
            }
        }
    }
}
