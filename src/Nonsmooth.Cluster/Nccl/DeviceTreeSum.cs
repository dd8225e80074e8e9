using Nonsmooth.Cost;

namespace Nonsmooth.Cluster;

/// <summary>Adds two vectors in a device's memory, number by number, after all that the device has been told before.</summary>
/// <param name="left">Address of the left operand.</param>
/// <param name="right">Address of the right operand.</param>
/// <param name="sum">Where the sum goes: one of the two.</param>
/// <param name="length">Numbers.</param>
public delegate void DeviceAddition(nint left, nint right, nint sum, long length);

/// <summary>The sums of <see cref="TreeSum"/> where the numbers lie on devices: the same exchanges, the same additions, the same bits.</summary>
public static class DeviceTreeSum
{
    /// <summary>Replaces the numbers of each rank by the sum over all ranks.</summary>
    /// <param name="ranks">The ranks, a power of two.</param>
    /// <param name="numbers">Their address on the device.</param>
    /// <param name="scratch">The address of memory for as many; what is in it is lost.</param>
    /// <param name="length">Numbers, equally many on each rank, none included.</param>
    /// <param name="width">Bytes of a number: 4 or 8.</param>
    /// <param name="add">The device's addition.</param>
    /// <exception cref="NonsmoothException">The number of ranks is not a power of two.</exception>
    /// <exception cref="CommunicationException">The ranks cannot go on together.</exception>
    public static void AllReduce(IDeviceRanks ranks, nint numbers, nint scratch, long length, int width, DeviceAddition add)
    {
        TreeStep.CheckSize(ranks.Size);
        var steps = new TreeStep[TreeStep.Most(ranks.Size)];
        int count = TreeStep.Plan(ranks.Rank, ranks.Size, length, length * width <= ReductionTime.WholeBytes, steps);
        foreach (var step in steps.AsSpan(0, count))
        {
            nint given = At(step.Given), taken = At(step.Taken), other = step.Adds ? scratch : taken;
            ranks.Exchange(given, step.GivenLength * width, other, step.TakenLength * width, step.Partner);
            if (step.Adds)
            {
                add(step.IsLower ? taken : other, step.IsLower ? other : taken, taken, step.TakenLength);
            }
        }

        nint At(long number) => numbers + (nint)(number * width);
    }
}
