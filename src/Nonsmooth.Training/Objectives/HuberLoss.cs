using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of (x − y)²/2 where |x − y| ≤ δ, of δ(|x − y| − δ/2) beyond.</summary>
/// <param name="Target">The field y.</param>
/// <param name="Delta">Where the parabola ends, above 0.</param>
public sealed record HuberLoss(string Target, double Delta = 1) : PairLoss("huber", Target)
{
    /// <inheritdoc/>
    protected override Variable Of(Variable output, Variable target) => Delta > 0 && double.IsFinite(Delta)
        ? Functions.Huber(output, target, Delta)
        : throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"delta of loss 'huber' is {Delta}: give a finite number above 0"));
}
