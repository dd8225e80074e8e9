using Nonsmooth.Cost;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cli.Costs;

/// <summary>Prices in the unit model U(c): + − × and comparisons 1, nonlinear functions c.</summary>
/// <param name="C">The price of a nonlinear function.</param>
/// <param name="Inputs">All real inputs, x and parameters: the directions of forprop.</param>
/// <param name="Value">The loss.</param>
/// <param name="Backprop">The loss and its gradient by backprop.</param>
/// <param name="Forprop">The loss and its gradient by forprop over all inputs.</param>
/// <param name="OmegaB">backprop ≤ ω_b · value.</param>
/// <param name="OmegaBBy">The function that attains ω_b.</param>
/// <param name="OmegaF">forprop ≤ ω_f · value.</param>
/// <param name="OmegaFBy">The function that attains ω_f.</param>
internal sealed record UnitCost(
    double C, long Inputs, double Value, double Backprop, double Forprop, double OmegaB, string OmegaBBy, double OmegaF, string OmegaFBy)
{
    /// <summary>Prices a loss.</summary>
    public static UnitCost Of(Program loss, double nonlinear)
    {
        long inputs = loss.Inputs.Select(i => loss.Types[i.Value]).Where(t => t.Kind == ElementKind.Real).Sum(t => t.Shape.Count64);
        var model = new UnitModel(nonlinear);
        var bound = model.Bound(loss, inputs);
        return new UnitCost(
            nonlinear,
            inputs,
            model.Cost(loss),
            model.Backprop(loss),
            model.Forprop(loss, inputs),
            bound.OmegaB,
            bound.AttainedBackwardBy,
            bound.OmegaF,
            bound.AttainedForwardBy);
    }
}
