namespace Nonsmooth.Tensors;

/// <summary>What the elements of a tensor are. A program leaves open in which format reals are held.</summary>
public enum ElementKind
{
    /// <summary>A real number, in the format of the execution.</summary>
    Real,

    /// <summary>A 64-bit integer: a class, a position, a permutation.</summary>
    Index,

    /// <summary>A truth value.</summary>
    Boolean,
}
