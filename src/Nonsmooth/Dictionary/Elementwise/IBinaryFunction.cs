using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>An elementary function that applies a rule of two variables to every pair of elements.</summary>
public interface IBinaryFunction
{
    /// <summary>The rule.</summary>
    IBinary Rule { get; }

    /// <summary>The value written out over the primitive functions of the dictionary.</summary>
    /// <remarks>What an executor without a kernel for the function runs instead.</remarks>
    Variable Expand(Variable a, Variable b);
}
