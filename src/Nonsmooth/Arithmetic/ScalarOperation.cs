namespace Nonsmooth.Arithmetic;

/// <summary>The scalar elementary functions that a count tells apart.</summary>
/// <remarks>
/// Everything that Nonsmooth executes is, in the end, a number of these. Moving, selecting and
/// comparing indices are free; a comparison of reals is not. Source: complexity specification, 1.2 and 2.3.
/// </remarks>
public enum ScalarOperation
{
    /// <summary>Addition or subtraction of two values.</summary>
    Add,

    /// <summary>Multiplication of two values.</summary>
    Multiply,

    /// <summary>Addition of a fixed constant.</summary>
    AddConstant,

    /// <summary>Multiplication by a fixed constant; a change of sign is one too.</summary>
    MultiplyConstant,

    /// <summary>A comparison with a constant or with the own negative: relu, abs, a bound of clamp.</summary>
    Compare,

    /// <summary>The larger or smaller of two values.</summary>
    Maximum,

    /// <summary>Division of two values, <c>a · inv(b)</c>.</summary>
    Divide,

    /// <summary>The inverse 1/x.</summary>
    Inverse,

    /// <summary>Exponential, expm1 included.</summary>
    Exp,

    /// <summary>Natural logarithm, log1p included.</summary>
    Log,

    /// <summary>Square root and its inverse.</summary>
    Sqrt,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>Logistic function.</summary>
    Sigmoid,

    /// <summary>Sine, cosine or inverse tangent.</summary>
    Sine,

    /// <summary>Error function, its complement included.</summary>
    Erf,

    /// <summary>Power with a real exponent.</summary>
    Power,

    /// <summary>Rounding to an integer: floor, round.</summary>
    Round,
}
