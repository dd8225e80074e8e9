using System.Collections.Concurrent;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Autograd;

/// <summary>One <see cref="OperatorName"/> per name: each costs native memory that is never freed.</summary>
internal static class OperatorNames
{
    private static readonly ConcurrentDictionary<(string Name, string Overload), OperatorName> Known = new();

    public static OperatorName Of(string name, string overload) =>
        Known.GetOrAdd((name, overload), static key => new OperatorName(key.Name, key.Overload));
}
