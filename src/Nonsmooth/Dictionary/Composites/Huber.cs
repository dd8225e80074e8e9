using System.Globalization;
using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>The mean of (x − y)²/2 where |x − y| ≤ δ, of δ(|x − y| − δ/2) beyond.</summary>
/// <param name="Delta">Where the parabola ends, δ &gt; 0.</param>
/// <remarks>Written with abs and clamp, whose selections cancel: the slope is continuous.</remarks>
public sealed record Huber(double Delta = 1) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "huber";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"delta={Delta}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        if (Delta is not (> 0 and < double.PositiveInfinity))
        {
            throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"huber has delta {Delta}: give a finite number above 0"));
        }

        var distance = Functions.Abs(arguments[0] - arguments[1]);
        var near = Functions.Clamp(distance, upper: Delta);
        return [((0.5 * Functions.Square(near)) + (Delta * (distance - near))).Mean()];
    }
}

public static partial class Functions
{
    /// <summary>The mean of (x − y)²/2 where |x − y| ≤ δ, of δ(|x − y| − δ/2) beyond.</summary>
    /// <exception cref="NonsmoothException">δ is not above 0, or not finite.</exception>
    public static Variable Huber(Variable x, Variable y, double delta = 1) => x.Builder.Apply(new Huber(delta), x, y);
}
