using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>Where a value of a program is while the compiled program runs: some of these.</summary>
internal sealed class Place(TensorType type)
{
    public TensorType Type { get; } = type;

    /// <summary>Its elements as steps of the tape (<see cref="Taped"/>, masks too), or indices and truth values known beforehand.</summary>
    public Tensor? Symbols { get; set; }

    /// <summary>Where its elements, reals or masks, lie in the memory; −1 for nowhere.</summary>
    public int Address { get; set; } = -1;

    /// <summary>Which of a run's tensors of indices it is; −1 for none.</summary>
    public int Object { get; set; } = -1;

    public int Elements => Type.Shape.Elements;

    /// <summary>Whether its indices are there only when the program runs.</summary>
    public bool IsObject => Object >= 0;
}
