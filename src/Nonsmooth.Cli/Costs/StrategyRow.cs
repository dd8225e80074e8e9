using Nonsmooth.Solutions;

namespace Nonsmooth.Cli.Costs;

/// <summary>What one strategy costs.</summary>
/// <param name="Name">The strategy.</param>
/// <param name="Operations">In the unit model.</param>
/// <param name="Words">Numbers that are kept.</param>
/// <param name="Error">The relative error of what is left out; 0 where only the solver's is left.</param>
/// <param name="Recommended">Whether it is the cheapest that is exact enough.</param>
internal sealed record StrategyRow(string Name, double Operations, double Words, double Error, bool Recommended)
{
    /// <summary>The row of a price.</summary>
    public static StrategyRow Of(StrategyPrice price, bool recommended) => new(Named(price.Strategy), price.Work, price.Memory, price.Error, recommended);

    private static string Named(Strategy strategy) => strategy switch
    {
        ImplicitDense => "dense: form and factor 1 − J",
        Krylov => "Krylov: GMRES on products with 1 − J",
        Neumann { Terms: 1 } => "one step: the derivative of the last step",
        Neumann n => $"Neumann: {n.Terms} terms",
        Unrolled u => $"unrolled: backprop through {u.Steps} steps",
        _ => strategy.ToString(),
    };
}
