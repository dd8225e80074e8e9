using Nonsmooth.Checkpointing;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>How many of the memories that a program holds are mapped from the system one by one, and what that costs.</summary>
/// <remarks>A mapped block starts with a header and is aligned to a cache line, so that it touches one page more than its bytes fill.</remarks>
internal static class MappedBlocks
{
    private const long Threshold = 128 << 10;
    private const long Page = 4096;

    /// <summary>For each node, the bytes beyond the tensors' own while it runs.</summary>
    public static long[] Extra(Program program, MemoryPlan plan, int real)
    {
        int count = program.Nodes.Count;
        int[] root = [.. Enumerable.Range(0, program.Types.Count)];
        int[] born = new int[root.Length];
        int[] dies = new int[root.Length];
        for (int n = 0; n < count; n++)
        {
            var node = program.Nodes[n];
            bool view = n > 0 && node.Arguments.Length > 0 && plan.During[n] == plan.After[n - 1];
            foreach (int result in node.Results)
            {
                (root[result], born[result]) = (view ? root[node.Arguments[0]] : result, n);
            }

            foreach (int value in node.Arguments.Concat(node.Results))
            {
                dies[root[value]] = Math.Max(dies[root[value]], n);
            }
        }

        foreach (int value in program.Inputs.Select(i => i.Value).Concat(program.Outputs.Select(o => root[o.Value])))
        {
            dies[value] = count - 1;
        }

        long[] extra = new long[count];
        for (int value = 0; value < root.Length; value++)
        {
            for (int n = born[value]; root[value] == value && Bytes(value) >= Threshold && n <= dies[value]; n++)
            {
                extra[n] += Page;
            }
        }

        return extra;

        long Bytes(int value) => program.Types[value].Shape.Count64 * program.Types[value].Kind switch
        {
            ElementKind.Real => real,
            ElementKind.Index => sizeof(long),
            _ => sizeof(bool),
        };
    }
}
