using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <summary>
/// The pass over numbers that are kept in bfloat16: a block at a time is widened into scratch memory that
/// stays in the cache, updated in float32, and rounded back, so main memory sees each number once.
/// </summary>
internal static class BlockSweep<TRule>
    where TRule : struct, IUpdateRule<float>
{
    /// <summary>Numbers in a block.</summary>
    public const int Block = 2_048;

    /// <summary>Numbers of scratch memory: the parameter and three states.</summary>
    public const int Scratch = 4 * Block;

    /// <summary>Updates the elements [start, end) of a slot.</summary>
    public static unsafe void Run(in TRule rule, LaneWidth lanes, float scale, in BlockOperands operands, float* scratch, long start, long end)
    {
        for (long i = start; i < end; i += Block)
        {
            int length = (int)Math.Min(Block, end - i);
            float* theta = Read(operands.Theta, operands.ThetaFormat, i, length, scratch);
            float* first = TRule.StateCount > 0 ? Read(operands.First, operands.StateFormat, i, length, scratch + Block) : null;
            float* second = TRule.StateCount > 1 ? Read(operands.Second, operands.StateFormat, i, length, scratch + (2 * Block)) : null;
            float* third = TRule.StateCount > 2 ? Read(operands.Third, operands.StateFormat, i, length, scratch + (3 * Block)) : null;
            Sweep<TRule>.Run(rule, lanes, scale, theta, (float*)operands.Gradient + i, first, second, third, length);
            Write(operands, operands.Theta, operands.ThetaFormat, i, length, theta, 0);
            Write(operands, operands.First, operands.StateFormat, i, length, first, 1);
            Write(operands, operands.Second, operands.StateFormat, i, length, second, 2);
            Write(operands, operands.Third, operands.StateFormat, i, length, third, 3);
        }
    }

    private static unsafe float* Read(nint memory, NumberFormat format, long index, int length, float* scratch)
    {
        if (format == NumberFormat.Float32)
        {
            return (float*)memory + index;
        }

        StochasticRounding.Widen((ushort*)memory + index, scratch, length);
        return scratch;
    }

    private static unsafe void Write(in BlockOperands operands, nint memory, NumberFormat format, long index, int length, float* values, int state)
    {
        if (values is not null && format == NumberFormat.BFloat16)
        {
            uint seed = StochasticRounding.Seed(operands.Slot, operands.Step, state);
            StochasticRounding.Narrow(values, (ushort*)memory + index, length, seed, index);
        }
    }
}

/// <summary>What a slot's pass reads and writes, from its first element on.</summary>
internal readonly record struct BlockOperands(
    int Slot, long Step, nint Theta, NumberFormat ThetaFormat, nint Gradient, nint First, nint Second, nint Third, NumberFormat StateFormat);
