using Nonsmooth.Selections;

namespace Nonsmooth.Arithmetic;

/// <summary>What the rule of an elementwise function may do with its scalar.</summary>
/// <typeparam name="T">The scalar itself: a number, a counter, or a variable of a program being traced.</typeparam>
/// <remarks>
/// A rule written against this interface is read in several ways: with numbers it is the value, with a
/// counting scalar it is the cost, with a traced variable it is a piece of a derived program.
/// </remarks>
public interface IScalar<T>
    where T : IScalar<T>
{
    /// <summary>A constant, rounded to nearest even in the format.</summary>
    static abstract T FromDouble(double value);

    /// <summary>Sum.</summary>
    static abstract T operator +(T left, T right);

    /// <summary>Difference.</summary>
    static abstract T operator -(T left, T right);

    /// <summary>Product.</summary>
    static abstract T operator *(T left, T right);

    /// <summary>Quotient.</summary>
    static abstract T operator /(T left, T right);

    /// <summary>Change of sign.</summary>
    static abstract T operator -(T value);

    /// <summary>Larger of the two; NaN when either is.</summary>
    static abstract T Max(T left, T right);

    /// <summary>Smaller of the two; NaN when either is.</summary>
    static abstract T Min(T left, T right);

    /// <summary>Absolute value.</summary>
    static abstract T Abs(T value);

    /// <summary>Larger of the two; how a tie shares the gradient is a selection's to say, under a key of the function's own.</summary>
    static virtual T Max(T left, T right, SelectionKey<TieRule> ties) => T.Max(left, right);

    /// <summary>Smaller of the two; how a tie shares the gradient is a selection's to say, under a key of the function's own.</summary>
    static virtual T Min(T left, T right, SelectionKey<TieRule> ties) => T.Min(left, right);

    /// <summary>Absolute value; its slope at 0 is a selection's to say, under a key of the function's own.</summary>
    static virtual T Abs(T value, SelectionKey<KinkRule> atZero) => T.Abs(value);

    /// <summary>
    /// Two functions that meet at a threshold, where they must agree; the slope there is a selection's to say, under a key of the
    /// function's own. One comparison; at the threshold and for a NaN it is <paramref name="above"/>.
    /// </summary>
    static virtual T Branch(T value, double threshold, T below, T above, SelectionKey<KinkRule> kink) =>
        T.Branch(value, threshold, below, above, above);

    /// <summary>1/x.</summary>
    static abstract T Inverse(T value);

    /// <summary>eˣ.</summary>
    static abstract T Exp(T value);

    /// <summary>eˣ − 1, accurate near 0.</summary>
    static abstract T ExpM1(T value);

    /// <summary>Natural logarithm.</summary>
    static abstract T Log(T value);

    /// <summary>log(1 + x), accurate near 0.</summary>
    static abstract T LogP1(T value);

    /// <summary>Square root.</summary>
    static abstract T Sqrt(T value);

    /// <summary>The square root together with its inverse: one nonlinear operation and one product.</summary>
    static abstract (T Root, T Inverse) SqrtAndInverse(T value);

    /// <summary>1/√x.</summary>
    static abstract T Rsqrt(T value);

    /// <summary>Hyperbolic tangent.</summary>
    static abstract T Tanh(T value);

    /// <summary>Logistic function 1/(1 + e⁻ˣ).</summary>
    static abstract T Sigmoid(T value);

    /// <summary>Sine.</summary>
    static abstract T Sin(T value);

    /// <summary>Cosine.</summary>
    static abstract T Cos(T value);

    /// <summary>Inverse tangent, in [−π/2, π/2].</summary>
    static abstract T Atan(T value);

    /// <summary>Error function.</summary>
    static abstract T Erf(T value);

    /// <summary>1 less the error function, accurate in its tail.</summary>
    static abstract T Erfc(T value);

    /// <summary>xʸ.</summary>
    static abstract T Pow(T value, T exponent);

    /// <summary>Largest integer not above.</summary>
    static abstract T Floor(T value);

    /// <summary>Nearest integer, ties to even.</summary>
    static abstract T Round(T value);

    /// <summary>One comparison, three outcomes; a NaN falls through to <paramref name="above"/>.</summary>
    static abstract T Branch(T value, double threshold, T below, T at, T above);

    /// <summary>The slope of a piecewise linear function, found by the comparisons its value made: free.</summary>
    static abstract T Slope(T value, in Pieces pieces);

    /// <summary>
    /// 1 where <paramref name="left"/> is greater, <paramref name="tie"/> where they are equal, 0 where it is
    /// smaller, found by the comparison that max or min made: free. A NaN on the left counts as greater.
    /// </summary>
    static abstract T Greater(T left, T right, double tie);
}

/// <summary>A scalar that is a number: the interpreter can run on it.</summary>
/// <typeparam name="T">The number itself.</typeparam>
public interface INumeric<T> : IScalar<T>
    where T : INumeric<T>
{
    /// <summary>The format's name: <c>f64</c>, <c>f32</c>, <c>f16</c>, <c>bf16</c>, <c>e4m3</c>, <c>e5m2</c>.</summary>
    static abstract string Format { get; }

    /// <summary>A value that is given when the program runs, not a constant of the program.</summary>
    static virtual T Varying(double value) => T.FromDouble(value);

    /// <summary>The value, exactly, in double precision.</summary>
    static abstract double ToDouble(T value);

    /// <summary>Two doubles that compare as the numbers do; what they are beyond that is not said. Not counted.</summary>
    static virtual (double Left, double Right) Ordered(T left, T right) => (T.ToDouble(left), T.ToDouble(right));

    /// <summary>Whether it is not a number. Not counted.</summary>
    static virtual bool IsNaN(T value) => double.IsNaN(T.ToDouble(value));

    /// <summary>Whether it is 0 and nothing else. Not counted.</summary>
    static virtual bool IsZero(T value) => T.ToDouble(value) == 0;

    /// <summary>weight · value, rounded once. Not counted.</summary>
    static virtual T Weighted(double weight, T value) => T.Varying(weight * T.ToDouble(value));

    /// <summary>The value, but 0 where the weight is 0. Not counted.</summary>
    static virtual T UnlessZero(T weight, T value) => T.IsZero(weight) ? T.Slope(weight, Pieces.Constant(0)) : value;
}
