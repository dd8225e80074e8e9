using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>A kinked node whose piece has been decided: it is linear in tangents and cotangents.</summary>
internal interface IResolvedKink
{
    /// <summary>The tangent of the result; null stands for zero.</summary>
    Variable? Jvp(IReadOnlyList<Variable?> tangents);

    /// <summary>The cotangents of the arguments.</summary>
    IReadOnlyList<Variable?> Vjp(Variable cotangent);
}
