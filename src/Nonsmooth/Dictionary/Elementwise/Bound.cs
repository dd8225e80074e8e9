using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>a, but no less than a bound b, or no more.</summary>
/// <param name="Above">Whether b bounds from above.</param>
/// <remarks>The larger, or the smaller, of the two; where they are equal libtorch gives a the whole gradient, as its clamp with tensors does.</remarks>
public readonly record struct Bound(bool Above) : IBinary
{
    /// <summary>A value equal to its bound.</summary>
    public static SelectionKey<TieRule> AtBound { get; } =
        new("bound-ties", TieRule.First) { Topic = "how a value equal to a bound that is a tensor shares the gradient", Sides = "all to the value, or a half each", Others = [TieRule.Average] };

    /// <inheritdoc/>
    public string Name => "bound";

    /// <inheritdoc/>
    public string Attributes => Above ? "above" : "below";

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T> => Above ? T.Min(a, b, AtBound) : T.Max(a, b, AtBound);

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T>
    {
        // b > a is where a is the smaller.
        var ties = selection.Of(AtBound);
        var (a1, b1) = Above ? (b, a) : (a, b);
        return (T.Greater(a1, b1, ties.Weight(2, 0)), T.Greater(b1, a1, ties.Weight(2, 1)));
    }
}

public static partial class Functions
{
    /// <summary>x, but no less than a lower bound and no more than an upper one, where given: clamp with tensors. Arguments are broadcast to one shape.</summary>
    public static Variable Clamp(Variable x, Variable? lower, Variable? upper)
    {
        x = lower is null ? x : Broadcasting.Apply(new Binary<Bound>(new(false)), x, lower);
        return upper is null ? x : Broadcasting.Apply(new Binary<Bound>(new(true)), x, upper);
    }
}
