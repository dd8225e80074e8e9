using Nonsmooth.Arithmetic;
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
    /// <summary>The singularity of a node's function, as its rule's operations tell it; null where it has none that is known.</summary>
    /// <remarks>Of operations on the argument itself; rules that branch choose where to apply them, and are left out.</remarks>
    public static Singularity? Of(Node node)
    {
        if (node.Function.Known.Recording is not { } recording || recording.Steps.Any(s => s.Code == ScalarCode.Branch))
        {
            return null;
        }

        foreach (var step in recording.Steps)
        {
            if (Of(step, recording) is var (kind, argument, at))
            {
                return new(kind, node.Arguments[argument], at);
            }
        }

        return null;
    }

    private static (SingularityKind Kind, int Argument, double At)? Of(ScalarStep step, Recording recording)
    {
        int? Argument(int operand) => recording.Steps[operand] is { Code: ScalarCode.Argument, A: var argument } ? argument : null;
        double Power() => recording.Steps[step.B] is { Code: ScalarCode.Constant, Number: var number } ? number : double.NaN;
        return step.Code switch
        {
            ScalarCode.Sqrt when Argument(step.A) is { } x => (SingularityKind.Root, x, 0),
            ScalarCode.Pow when Argument(step.A) is { } x && Power() is > 0 and < 1 => (SingularityKind.Root, x, 0),
            ScalarCode.Pow when Argument(step.A) is { } x && Power() < 0 => (SingularityKind.Quotient, x, 0),
            ScalarCode.Log when Argument(step.A) is { } x => (SingularityKind.Logarithm, x, 0),
            ScalarCode.LogP1 when Argument(step.A) is { } x => (SingularityKind.Logarithm, x, -1),
            ScalarCode.Inverse or ScalarCode.Rsqrt when Argument(step.A) is { } x => (SingularityKind.Quotient, x, 0),
            ScalarCode.Divide when Argument(step.B) is { } x => (SingularityKind.Quotient, x, 0),
            ScalarCode.Exp or ScalarCode.ExpM1 when Argument(step.A) is { } x => (SingularityKind.Exponential, x, double.PositiveInfinity),
            _ => null,
        };
    }

    /// <summary>Whether the program leads the argument to where the function is singular.</summary>
    public bool IsReached(ValueRange[] ranges) => Kind switch
    {
        SingularityKind.Exponential => false,
        SingularityKind.Quotient => ranges[Argument].ReachesZero,
        _ => ranges[Argument].Reaches(At),
    };
}
