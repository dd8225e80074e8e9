using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Truth values made from nothing but positions, on the CPU.</summary>
internal static unsafe class MaskLoops
{
    private const long Grain = 4096;

    private struct Work
    {
        public byte* Mask;
        public CounterRandom Random;
        public double Probability;
    }

    public static Kernel? Random(RandomMask function, Node node, LoweringContext context)
    {
        if (!context.OwnLoops)
        {
            return null;
        }

        int step = node.Arguments[0];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var device = context.Device;
        var seeded = new CounterRandom((ulong)function.Seed);
        double probability = function.Probability;
        long count = function.Shape.Count64;
        return values =>
        {
            var mask = TensorFactory.Empty(sizes, TorchDtype.Bool, device);
            ulong label = *(ulong*)values[step].Data;
            var work = new Work { Mask = (byte*)mask.Data, Random = seeded.Derive(label), Probability = probability };
            ParallelLoop.Run(count, Grain, &Draw, &work);
            values[y] = mask;
        };
    }

    public static Kernel? Causal(CausalMask function, Node node, LoweringContext context)
    {
        if (!context.OwnLoops)
        {
            return null;
        }

        int y = node.Results[0];
        var (rows, columns, device) = (function.Rows, function.Columns, context.Device);
        return values =>
        {
            var mask = TensorFactory.Empty([rows, columns], TorchDtype.Bool, device);
            for (int row = 0; row < rows; row++)
            {
                var line = new Span<byte>((byte*)mask.Data + ((long)row * columns), columns);
                int seen = Math.Min(row + 1, columns);
                line[..seen].Fill(1);
                line[seen..].Clear();
            }

            values[y] = mask;
        };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Draw(long begin, long end, void* work)
    {
        var w = (Work*)work;
        for (long i = begin; i < end; i++)
        {
            w->Mask[i] = w->Random.Uniform((ulong)i) < w->Probability ? (byte)1 : (byte)0;
        }
    }
}
