using System.Numerics;

namespace Nonsmooth.Compiled;

/// <summary>A node that runs as a whole, from and to a run's memory.</summary>
/// <typeparam name="T">The reals.</typeparam>
internal abstract class Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The node's name.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the interpreter runs it.</summary>
    public virtual bool IsInterpreted => false;

    /// <summary>Whether it is the function's own loop, as it stands, on tensors that a run keeps.</summary>
    public virtual bool IsOwnLoop => false;

    public abstract void Run(Frame<T> frame);
}
