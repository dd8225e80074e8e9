namespace Nonsmooth.Compiled;

/// <summary>What a step of a tape does. The values are reals or masks; a mask has all bits or none.</summary>
/// <remarks>
/// Each real operation is rounded once to the format. The operations of rules (<see cref="Arithmetic.IScalar{T}"/>) are written with
/// these: a branch, a slope and a comparison that decides are comparisons and a choice.
/// </remarks>
internal enum TapeCode : byte
{
    /// <summary>The number of the step.</summary>
    Constant,

    /// <summary>The real at address A of the memory.</summary>
    Load,

    /// <summary>Writes A, a real or a mask, to address B of the memory.</summary>
    Store,

    /// <summary>Runs kernel A.</summary>
    Kernel,

    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Abs,
    Sqrt,

    /// <summary>1/√A: rounded once where the format is narrower than f64, else twice.</summary>
    Rsqrt,
    Floor,

    /// <summary>The nearest integer, ties to even.</summary>
    Round,

    /// <summary>A where it is greater than B or not a number, else B.</summary>
    Max,

    /// <summary>A where it is less than B or not a number, else B.</summary>
    Min,

    /// <summary>The number of the step, which the format need not hold, times A, rounded once.</summary>
    Weighted,
    Exp,
    ExpM1,
    Log,
    LogP1,
    Tanh,
    Sigmoid,
    Sin,
    Cos,
    Atan,
    Erf,
    Erfc,
    Pow,

    /// <summary>B where mask A holds, else C.</summary>
    Select,

    /// <summary>The mask at address A of the memory; masks from here on.</summary>
    LoadMask,
    Less,
    LessEqual,
    Equal,

    /// <summary>Whether A is not a number.</summary>
    Unordered,
    And,
    Or,
    Not,
}
