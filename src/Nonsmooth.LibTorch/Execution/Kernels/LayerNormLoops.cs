using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Layer norm and its gradient on the processor, row by row.</summary>
/// <remarks>
/// libtorch's own is x·α + β, which cancels where a row is far from 0, and adds up a weight's cotangent over all rows in
/// one format. Here the difference is taken first, the mean is found in double (of equal numbers it is they), and columns are added up in blocks of rows, the blocks in double. A row, and a block of columns, is one
/// thread's work: the same bits for any number of threads.
/// </remarks>
internal static unsafe class LayerNormLoops
{
    private const long Grain = 32768;
    private const int Columns = 64;
    private const int BlockRows = 64;

    private struct Work
    {
        public void* X;
        public void* G;
        public void* Weight;
        public void* Bias;
        public void* Y;
        public void* Mean;
        public void* Scale;
        public void* OfWeight;
        public void* OfBias;
        public long Rows;
        public long Length;
        public double Epsilon;
    }

    /// <summary>Whether the loops take such tensors, x first: of 32 or 64 bits all, on the processor, not empty.</summary>
    public static bool Take(ReadOnlySpan<TensorHandle> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.Dtype is not (TorchDtype.Float32 or TorchDtype.Float64) || tensor.Dtype != tensors[0].Dtype
                || tensor.ElementCount == 0 || tensor.Device.Kind != DeviceKind.Cpu)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The norm, and of each row the mean and 1/√(variance + ε).</summary>
    /// <param name="read">x, weight, bias.</param>
    /// <param name="epsilon">ε.</param>
    public static (TensorHandle Y, TensorHandle Mean, TensorHandle Scale) Forward(ReadOnlySpan<TensorHandle> read, double epsilon)
    {
        var rows = RowMajor(read);
        var (x, weight) = (rows[0], rows[1]);
        long[] statistics = [.. x.Sizes];
        Array.Fill(statistics, 1, statistics.Length - weight.Rank, weight.Rank);
        var y = TensorFactory.Empty(x.Sizes, x.Dtype, Device.Cpu);
        var mean = TensorFactory.Empty(statistics, x.Dtype, Device.Cpu);
        var scale = TensorFactory.Empty(statistics, x.Dtype, Device.Cpu);
        var work = Over(x, weight);
        work.Bias = rows[2].Data;
        work.Y = y.Data;
        work.Mean = mean.Data;
        work.Scale = scale.Data;
        work.Epsilon = epsilon;
        ParallelLoop.Run(work.Rows, RowGrain(work), x.Dtype == TorchDtype.Float32 ? &ForwardSingle : &ForwardDouble, &work);
        Array.ForEach(rows, r => r.Delete());
        return (y, mean, scale);
    }

    /// <summary>The cotangents of x, weight and bias.</summary>
    /// <param name="read">x, weight, the rows' means and scales, the cotangent of the norm.</param>
    public static (TensorHandle OfX, TensorHandle OfWeight, TensorHandle OfBias) Backward(ReadOnlySpan<TensorHandle> read)
    {
        var rows = RowMajor(read);
        var (x, weight) = (rows[0], rows[1]);
        var ofX = TensorFactory.Empty(x.Sizes, x.Dtype, Device.Cpu);
        var ofWeight = TensorFactory.Empty(weight.Sizes, x.Dtype, Device.Cpu);
        var ofBias = TensorFactory.Empty(weight.Sizes, x.Dtype, Device.Cpu);
        var work = Over(x, weight);
        work.Mean = rows[2].Data;
        work.Scale = rows[3].Data;
        work.G = rows[4].Data;
        work.Y = ofX.Data;
        work.OfWeight = ofWeight.Data;
        work.OfBias = ofBias.Data;
        bool single = x.Dtype == TorchDtype.Float32;
        ParallelLoop.Run(work.Rows, RowGrain(work), single ? &BackwardSingle : &BackwardDouble, &work);
        ParallelLoop.Run((work.Length + Columns - 1) / Columns, Math.Max(1, Grain / (Columns * work.Rows)), single ? &ColumnsSingle : &ColumnsDouble, &work);
        Array.ForEach(rows, r => r.Delete());
        return (ofX, ofWeight, ofBias);
    }

    private static TensorHandle[] RowMajor(ReadOnlySpan<TensorHandle> tensors)
    {
        var rows = new TensorHandle[tensors.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = tensors[i].IsContiguous ? tensors[i].Share() : TensorFactory.Contiguous(tensors[i]);
        }

        return rows;
    }

    private static Work Over(TensorHandle x, TensorHandle weight) => new()
    {
        X = x.Data, Weight = weight.Data, Length = weight.ElementCount, Rows = x.ElementCount / weight.ElementCount,
    };

    private static long RowGrain(in Work work) => Math.Max(1, Grain / work.Length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ForwardSingle(long begin, long end, void* work) => Forward<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ForwardDouble(long begin, long end, void* work) => Forward<double>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void BackwardSingle(long begin, long end, void* work) => Backward<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void BackwardDouble(long begin, long end, void* work) => Backward<double>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ColumnsSingle(long begin, long end, void* work) => AddColumns<float>(begin, end, (Work*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ColumnsDouble(long begin, long end, void* work) => AddColumns<double>(begin, end, (Work*)work);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* weight = (T*)w->Weight;
        T* bias = (T*)w->Bias;
        long length = w->Length;
        for (long row = begin; row < end; row++)
        {
            T* x = (T*)w->X + (row * length);
            T* y = (T*)w->Y + (row * length);
            T mean = T.CreateTruncating(WideSums.Of(x, length) / length);
            T scale = T.CreateTruncating(1 / Math.Sqrt((BatchNormLoops.Squares(x, mean, length) / length) + w->Epsilon));
            var centre = new Vector<T>(mean);
            var factor = new Vector<T>(scale);
            long i = 0;
            for (; i + Vector<T>.Count <= length; i += Vector<T>.Count)
            {
                Vector.Store(((Vector.Load(x + i) - centre) * factor * Vector.Load(weight + i)) + Vector.Load(bias + i), y + i);
            }

            for (; i < length; i++)
            {
                y[i] = ((x[i] - mean) * scale * weight[i]) + bias[i];
            }

            ((T*)w->Mean)[row] = mean;
            ((T*)w->Scale)[row] = scale;
        }
    }

    // dx = s·(h − mean h − x̂·mean(h·x̂)) with h = g·w.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* weight = (T*)w->Weight;
        long length = w->Length;
        for (long row = begin; row < end; row++)
        {
            T* x = (T*)w->X + (row * length);
            T* g = (T*)w->G + (row * length);
            T* y = (T*)w->Y + (row * length);
            var (mean, scale) = (((T*)w->Mean)[row], ((T*)w->Scale)[row]);
            var (centre, factor) = (new Vector<T>(mean), new Vector<T>(scale));
            var (sums, products) = (Vector<T>.Zero, Vector<T>.Zero);
            long i = 0;
            for (; i + Vector<T>.Count <= length; i += Vector<T>.Count)
            {
                var h = Vector.Load(g + i) * Vector.Load(weight + i);
                sums += h;
                products += h * ((Vector.Load(x + i) - centre) * factor);
            }

            double sum = double.CreateTruncating(Vector.Sum(sums));
            double product = double.CreateTruncating(Vector.Sum(products));
            for (; i < length; i++)
            {
                T h = g[i] * weight[i];
                sum += double.CreateTruncating(h);
                product += double.CreateTruncating(h * ((x[i] - mean) * scale));
            }

            T shift = T.CreateTruncating(sum / length);
            T slope = T.CreateTruncating(product / length);
            var (shifts, slopes) = (new Vector<T>(shift), new Vector<T>(slope));
            for (i = 0; i + Vector<T>.Count <= length; i += Vector<T>.Count)
            {
                var h = Vector.Load(g + i) * Vector.Load(weight + i);
                Vector.Store(factor * (h - shifts - ((Vector.Load(x + i) - centre) * factor * slopes)), y + i);
            }

            for (; i < length; i++)
            {
                y[i] = scale * ((g[i] * weight[i]) - shift - ((x[i] - mean) * scale * slope));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddColumns<T>(long begin, long end, Work* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* weights = stackalloc T[Columns];
        T* biases = stackalloc T[Columns];
        double* ofWeight = stackalloc double[Columns];
        double* ofBias = stackalloc double[Columns];
        for (long block = begin; block < end; block++)
        {
            long first = block * Columns;
            int width = (int)Math.Min(Columns, w->Length - first);
            new Span<double>(ofWeight, Columns).Clear();
            new Span<double>(ofBias, Columns).Clear();
            for (long from = 0; from < w->Rows; from += BlockRows)
            {
                new Span<T>(weights, Columns).Clear();
                new Span<T>(biases, Columns).Clear();
                for (long row = from; row < Math.Min(w->Rows, from + BlockRows); row++)
                {
                    AddRow((T*)w->X + (row * w->Length) + first, (T*)w->G + (row * w->Length) + first, ((T*)w->Mean)[row], ((T*)w->Scale)[row], weights, biases, width);
                }

                for (int c = 0; c < width; c++)
                {
                    ofWeight[c] += double.CreateTruncating(weights[c]);
                    ofBias[c] += double.CreateTruncating(biases[c]);
                }
            }

            for (int c = 0; c < width; c++)
            {
                ((T*)w->OfWeight)[first + c] = T.CreateTruncating(ofWeight[c]);
                ((T*)w->OfBias)[first + c] = T.CreateTruncating(ofBias[c]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<T>(T* x, T* g, T mean, T scale, T* weights, T* biases, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (centre, factor) = (new Vector<T>(mean), new Vector<T>(scale));
        int c = 0;
        for (; c + Vector<T>.Count <= width; c += Vector<T>.Count)
        {
            var h = Vector.Load(g + c);
            Vector.Store(Vector.Load(biases + c) + h, biases + c);
            Vector.Store(Vector.Load(weights + c) + (h * ((Vector.Load(x + c) - centre) * factor)), weights + c);
        }

        for (; c < width; c++)
        {
            biases[c] += g[c];
            weights[c] += g[c] * ((x[c] - mean) * scale);
        }
    }
}
