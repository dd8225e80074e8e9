using Nonsmooth.Selections;

namespace Nonsmooth.Arithmetic;

/// <summary>The operations of <see cref="IScalar{T}"/>, as a recording names them.</summary>
public enum ScalarCode
{
    /// <summary>An argument of the rule: <see cref="ScalarStep.A"/> is its position.</summary>
    Argument,

    /// <summary>A constant: <see cref="ScalarStep.Number"/>.</summary>
    Constant,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>−a.</summary>
    Negate,

    /// <summary>The larger of a and b.</summary>
    Max,

    /// <summary>The smaller of a and b.</summary>
    Min,

    /// <summary>|a|.</summary>
    Abs,

    /// <summary>1/a.</summary>
    Inverse,

    /// <summary>eᵃ.</summary>
    Exp,

    /// <summary>eᵃ − 1.</summary>
    ExpM1,

    /// <summary>log a.</summary>
    Log,

    /// <summary>log(1 + a).</summary>
    LogP1,

    /// <summary>√a.</summary>
    Sqrt,

    /// <summary>1/√a.</summary>
    Rsqrt,

    /// <summary>tanh a.</summary>
    Tanh,

    /// <summary>1/(1 + e⁻ᵃ).</summary>
    Sigmoid,

    /// <summary>sin a.</summary>
    Sin,

    /// <summary>cos a.</summary>
    Cos,

    /// <summary>arctan a.</summary>
    Atan,

    /// <summary>erf a.</summary>
    Erf,

    /// <summary>1 − erf a.</summary>
    Erfc,

    /// <summary>aᵇ.</summary>
    Pow,

    /// <summary>The largest integer not above a.</summary>
    Floor,

    /// <summary>The nearest integer to a, ties to even.</summary>
    Round,

    /// <summary>b below <see cref="ScalarStep.Number"/>, c at it, d above it, told by a.</summary>
    Branch,

    /// <summary>The slope that <see cref="ScalarStep.Pieces"/> have at a.</summary>
    Slope,

    /// <summary>1 where a &gt; b, <see cref="ScalarStep.Number"/> where equal, else 0.</summary>
    Greater,
}

/// <summary>One operation of a recorded rule; operands are numbers of earlier steps.</summary>
/// <param name="Code">The operation.</param>
/// <param name="A">The first operand, or the position of an argument.</param>
/// <param name="B">The second operand.</param>
/// <param name="C">The third operand.</param>
/// <param name="D">The fourth operand.</param>
/// <param name="Number">A constant, a threshold, a tie's value.</param>
public readonly record struct ScalarStep(ScalarCode Code, int A = -1, int B = -1, int C = -1, int D = -1, double Number = 0)
{
    /// <summary>The key of the selection that decides at the operation's kink; null for the standard one.</summary>
    public SelectionKey? Key { get; init; }

    /// <summary>The pieces of a <see cref="ScalarCode.Slope"/>.</summary>
    public Pieces Pieces { get; init; }

    /// <summary>Whether the operation is not differentiable, or not continuous, somewhere inside its domain.</summary>
    public bool HasKink => Code is ScalarCode.Max or ScalarCode.Min or ScalarCode.Abs or ScalarCode.Floor or ScalarCode.Round
        or ScalarCode.Branch or ScalarCode.Slope or ScalarCode.Greater;

    /// <summary>The operands.</summary>
    public IEnumerable<int> Operands => Code is ScalarCode.Argument ? [] : new[] { A, B, C, D }.Where(o => o >= 0);
}
