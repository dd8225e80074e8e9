using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x + c for a fixed constant c.</summary>
/// <param name="Constant">The constant.</param>
public readonly record struct AddConstant(double Constant) : IUnary
{
    /// <inheritdoc/>
    public string Name => "add_constant";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"{Constant}");

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x + T.FromDouble(Constant);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.FromDouble(1);
}

public static partial class Functions
{
    /// <summary>x + c for a fixed constant c.</summary>
    public static Variable Add(Variable x, double constant) => x.Builder.Apply(new Unary<AddConstant>(new(constant)), x);
}
