using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>An elementary function that applies a rule of one variable to every element.</summary>
public interface IUnaryFunction
{
    /// <summary>The rule.</summary>
    IUnary Rule { get; }

    /// <summary>The value written out over the primitive functions of the dictionary.</summary>
    /// <remarks>What an executor without a kernel for the function runs instead.</remarks>
    Variable Expand(Variable x);
}
