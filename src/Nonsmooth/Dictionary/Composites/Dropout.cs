using System.Globalization;
using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>x with each element kept with probability 1 − p and then divided by it, else 0.</summary>
/// <param name="Rate">The probability p of dropping, in [0, 1]; with 1 all are 0.</param>
/// <param name="Seed">Which sequence of masks; give each layer its own.</param>
/// <remarks>
/// Arguments x and an index scalar, the step: the mask is a pure function of seed and step, so a run can be repeated
/// and both executors drop the same elements. Leave it out of a program for inference.
/// </remarks>
public sealed record Dropout(double Rate, long Seed) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "dropout";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"rate={Rate}, seed={Seed}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = new([], [], static (_, results) => (results[0].Shape.Count64 + 3) / 4) };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        if (Rate is not (>= 0 and <= 1))
        {
            throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"dropout has rate {Rate}: give one from 0 to 1"));
        }

        // With rate 1 the factor is infinite, and so would be the slopes that the mask leaves out.
        double factor = Rate < 1 ? 1 / (1 - Rate) : 0;
        var mask = arguments[0].Builder.Apply(new RandomMask(arguments[0].Shape, 1 - Rate, Seed), arguments[1]);
        return [Functions.Where(mask, factor * arguments[0], 0.0)];
    }
}

public static partial class Functions
{
    /// <summary>x with each element kept with probability 1 − p and then divided by it, else 0.</summary>
    /// <exception cref="NonsmoothException">The rate is not from 0 to 1.</exception>
    public static Variable Dropout(Variable x, Variable step, double rate, long seed) => x.Builder.Apply(new Dropout(rate, seed), x, step);
}
