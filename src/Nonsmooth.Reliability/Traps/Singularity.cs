using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps;

/// <summary>How a function's value or slope becomes infinite.</summary>
internal enum SingularityKind
{
    /// <summary>The slope only, at 0: square roots and powers below 1.</summary>
    Root,

    /// <summary>A logarithm.</summary>
    Logarithm,

    /// <summary>A quotient: 1/x, 1/√x, a/x, negative powers.</summary>
    Quotient,

    /// <summary>An exponential that overflows.</summary>
    Exponential,
}

/// <summary>Where a node's function is singular.</summary>
/// <param name="Kind">How.</param>
/// <param name="Argument">The number of the value that must not get there.</param>
/// <param name="At">Where; nothing for an exponential.</param>
internal sealed record Singularity(SingularityKind Kind, int Argument, double At)
{
    /// <summary>The singularity of a node's function; null where it has none.</summary>
    public static Singularity? Of(Node node) => node.Function switch
    {
        Unary<Sqrt> => new(SingularityKind.Root, node.Arguments[0], 0),
        Unary<PowConstant> { Rule.Exponent: > 0 and < 1 } => new(SingularityKind.Root, node.Arguments[0], 0),
        Unary<Log> => new(SingularityKind.Logarithm, node.Arguments[0], 0),
        Unary<LogP1> => new(SingularityKind.Logarithm, node.Arguments[0], -1),
        Unary<Reciprocal> or Unary<Rsqrt> or Unary<PowConstant> { Rule.Exponent: < 0 } => new(SingularityKind.Quotient, node.Arguments[0], 0),
        Binary<Divide> => new(SingularityKind.Quotient, node.Arguments[1], 0),
        Unary<Exp> or Unary<ExpM1> => new(SingularityKind.Exponential, node.Arguments[0], double.PositiveInfinity),
        _ => null,
    };

    /// <summary>Whether the program leads the argument to where the function is singular.</summary>
    public bool IsReached(ValueRange[] ranges) => Kind switch
    {
        SingularityKind.Exponential => false,
        SingularityKind.Quotient => ranges[Argument].ReachesZero,
        _ => ranges[Argument].Reaches(At),
    };
}
