using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>An elementwise function of two variables: one struct that carries its rules.</summary>
public interface IBinary
{
    /// <summary>The function's name.</summary>
    string Name { get; }

    /// <summary>How regular the function is.</summary>
    Regularity Regularity => Regularity.Smooth;

    /// <summary>Where it is not differentiable, in words.</summary>
    string Kinks => "";

    /// <summary>The value.</summary>
    T Value<T>(T a, T b)
        where T : IScalar<T>;

    /// <summary>The partial derivatives at (a, b), where <paramref name="y"/> is the value.</summary>
    (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T>;
}
