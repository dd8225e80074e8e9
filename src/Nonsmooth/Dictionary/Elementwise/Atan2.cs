using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>The angle of the point (b, a), in [−π, π].</summary>
/// <remarks>It jumps where a = 0 and b ≤ 0. The signs of zeros count. The slopes are 0 at (0, 0), as libtorch has them.</remarks>
public readonly record struct Atan2 : IBinary
{
    /// <inheritdoc/>
    public string Name => "atan2";

    /// <summary>Where it jumps.</summary>
    public FunctionFacts? Facts => new()
    {
        Kinks = new KinkStructure.Jump("jumps where a = 0 and b ≤ 0", static x => x[0].Elements.Zip(x[1].Elements).Any(static p => p.First == 0 && p.Second <= 0)),
    };

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T>
    {
        var zero = T.FromDouble(0);
        var (height, width) = (T.Abs(a), T.Abs(b));
        var (lesser, larger) = (T.Min(height, width), T.Max(height, width));
        var quotient = lesser / larger;
        quotient = T.Branch(larger, 0, quotient, zero, quotient);
        quotient = T.Branch(lesser, double.PositiveInfinity, quotient, T.FromDouble(1), quotient);
        var steep = T.FromDouble(Math.PI / 2) - T.Atan(quotient);
        var right = T.Branch(height - width, 0, T.Atan(quotient), T.Atan(quotient), steep);
        var left = T.FromDouble(Math.PI) - right;
        var angle = T.Branch(b, 0, left, T.Branch(T.Inverse(b), 0, left, right, right), right);
        return T.Branch(a, 0, -angle, T.Branch(T.Inverse(a), 0, -angle, angle, angle), angle);
    }

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T>
    {
        var (square, zero) = ((a * a) + (b * b), T.FromDouble(0));
        var inverse = T.Inverse(square);
        inverse = T.Branch(square, 0, inverse, zero, inverse);
        return (b * inverse, -(a * inverse));
    }
}

public static partial class Functions
{
    /// <summary>The angle of the point (b, a), in [−π, π]. Arguments are broadcast to one shape.</summary>
    public static Variable Atan2(Variable a, Variable b) => Broadcasting.Apply(new Binary<Atan2>(default), a, b);
}
