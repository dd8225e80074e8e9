using Nonsmooth.Programs;

namespace Nonsmooth.Checkpointing;

/// <summary>Walks through a program as the libtorch executor runs it and counts the bytes that are held.</summary>
/// <remarks>
/// <para>
/// The nodes run in order; a value is released after its last use, an output never; a memory is free when no value
/// lies in it any more, so a view keeps its base. Inputs are held from the first node to the last, by their owner.
/// </para>
/// <para>
/// Not counted: what a kernel allocates and frees within a node, and the allocator's rounding. Give the program as it
/// is executed: flattened. Linear in the size of the program.
/// </para>
/// </remarks>
public static class LivenessSimulator
{
    /// <summary>The memory that a run of the program holds.</summary>
    /// <param name="program">The program.</param>
    /// <param name="bytesPerReal">2, 4 or 8; an index takes 8 bytes, a truth value 1.</param>
    /// <exception cref="NonsmoothException">The size of a real is not positive.</exception>
    public static MemoryPlan Simulate(Program program, int bytesPerReal = sizeof(float))
    {
        if (bytesPerReal < 1)
        {
            throw new NonsmoothException($"a real cannot take {bytesPerReal} bytes: give 2, 4 or 8");
        }

        var walk = new LivenessWalk(program, new StorageMap(program, bytesPerReal));
        var during = new long[program.Nodes.Count];
        var after = new long[program.Nodes.Count];
        int peak = -1;
        for (int n = 0; n < during.Length; n++)
        {
            during[n] = walk.Run(n);
            after[n] = walk.Release(n);
            peak = peak < 0 || during[n] > during[peak] ? n : peak;
        }

        var breakdown = walk.Breakdown(peak);
        return new MemoryPlan(during, after, breakdown.Total, peak < 0 ? "" : program.Nodes[peak].Name, breakdown);
    }
}
