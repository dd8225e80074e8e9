namespace Nonsmooth.Engines.Judging;

/// <summary>What an engine answered for a spelling in a format at one point, and what that is.</summary>
/// <param name="Recording">The engine.</param>
/// <param name="Spelling">The spelling.</param>
/// <param name="Function">The mathematical function that it writes.</param>
/// <param name="Format">f64, f32, bf16 or f16.</param>
/// <param name="Point">The point's name, or its coordinates.</param>
/// <param name="Inputs">All arguments in a row.</param>
public sealed record JudgedCell(
    string Recording, string Spelling, string Function, string Format, string Point, IReadOnlyList<double> Inputs)
{
    /// <summary>The value that was answered; empty where there is none.</summary>
    public IReadOnlyList<double> Value { get; init; } = [];

    /// <summary>The right value; empty where it is not known.</summary>
    public IReadOnlyList<double> RightValue { get; init; } = [];

    /// <summary>What the value is.</summary>
    public ValueFinding ValueFinding { get; init; } = ValueFinding.NotJudged;

    /// <summary>The slopes by reverse mode, in all arguments in a row; empty where there are none.</summary>
    public IReadOnlyList<double> Reverse { get; init; } = [];

    /// <summary>What they are.</summary>
    public SlopeFinding ReverseFinding { get; init; } = SlopeFinding.NotJudged;

    /// <summary>By forward mode: in each argument, or along the tangent.</summary>
    public IReadOnlyList<double> Forward { get; init; } = [];

    /// <summary>What that is.</summary>
    public SlopeFinding ForwardFinding { get; init; } = SlopeFinding.NotJudged;

    /// <summary>Whether forward mode contradicts reverse mode.</summary>
    public bool IsSplit { get; init; }

    /// <summary>Whether the operations, evaluated in this format as the spelling writes them, come to the same: the spelling's fault.</summary>
    public bool IsAsWritten { get; init; }

    /// <summary>Why nothing is said, or what the engine computes instead.</summary>
    public string? Reason { get; init; }

    /// <summary>What the finding on reverse mode, or else on forward mode, can be checked by.</summary>
    public Witness? Witness { get; init; }

    /// <summary>The cotangent over the outputs.</summary>
    public IReadOnlyList<double> Cotangent { get; init; } = [];

    /// <summary>Whether anything around the point depends on the direction: a kink, a tie, a root of 0.</summary>
    public bool IsKink { get; init; }

    /// <summary>The worse of the two findings on slopes.</summary>
    public SlopeFinding Worst => ReverseFinding > ForwardFinding || Forward.Count == 0 ? ReverseFinding : ForwardFinding;

    /// <summary>Whether a slope is inadmissible: outside every field, not finite or zero where it must not be, or contradicting the other mode.</summary>
    public bool IsDefect => Worst >= SlopeFinding.NotFinite || IsSplit;
}
