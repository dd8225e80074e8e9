using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Compiled;

/// <summary>Elements moved from where they are to where a node wants them.</summary>
/// <param name="name">The node's name.</param>
/// <param name="runs">From where, to where, how many: elements that lie side by side in both.</param>
internal sealed class GatherKernel<T>(string name, (int From, int To, int Length)[] runs) : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override string Name => name;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe void Run(Frame<T> frame)
    {
        var memory = frame.Memory;
        foreach (var (from, to, length) in runs)
        {
            if (length < 8)
            {
                for (int i = 0; i < length; i++)
                {
                    memory[to + i] = memory[from + i];
                }
            }
            else
            {
                frame.At(from, length).CopyTo(frame.At(to, length));
            }
        }
    }
}
