using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

/// <summary>A function of a matrix whose gradient is right and far too dear.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Rows">Rows of the matrix, of <see cref="Columns"/> columns each.</param>
/// <param name="Value">The function.</param>
/// <param name="Vjp">From its argument and its result's cotangent to its argument's cotangent.</param>
public sealed record Defect(string Name, int Rows, Func<Variable, Variable> Value, Func<Variable, Variable, Variable> Vjp)
{
    /// <summary>Columns of every matrix.</summary>
    public const int Columns = 64;

    /// <summary>How far its gradient may be from the true one, relative to the greatest component. Default 1e-4.</summary>
    public double Error { get; init; } = 1e-4;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
