using System.Runtime.CompilerServices;

namespace Nonsmooth.Cluster;

/// <summary>What rank 0 makes and every rank starts with, so that they find each other. NCCL takes it by value.</summary>
[InlineArray(Bytes)]
internal struct NcclUniqueId
{
    public const int Bytes = 128;

    private byte _first;
}
