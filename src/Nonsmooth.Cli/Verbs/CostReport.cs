using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Differentiation;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Verbs;

/// <summary>What a network's loss and its derivatives cost, predicted and counted.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Batch">Examples at once.</param>
/// <param name="Input">The shape of one example.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="Unit">Prices in the unit model.</param>
/// <param name="Counted">Operations of the programs as they are built.</param>
internal sealed record CostReport(string Network, int Batch, string Input, long Parameters, UnitCost Unit, CountedCost Counted)
{
    /// <summary>Prices and counts a network.</summary>
    public static CostReport Of(Network network, int batch, double nonlinear)
    {
        var programs = network.Build(batch);
        var loss = programs.Objective;
        long inputs = loss.Inputs.Select(i => loss.Types[i.Value]).Where(t => t.Kind == ElementKind.Real).Sum(t => t.Shape.Count64);
        var model = new UnitModel(nonlinear);
        var bound = model.Bound(loss, inputs);
        return new CostReport(
            network.Name,
            batch,
            network.Examples.ToString(),
            programs.Parameters.Sum(p => p.Shape.Count64),
            new UnitCost(
                nonlinear,
                inputs,
                model.Cost(loss),
                model.Backprop(loss),
                model.Forprop(loss, inputs),
                bound.OmegaB,
                bound.AttainedBackwardBy,
                bound.OmegaF,
                bound.AttainedForwardBy),
            new CountedCost(
                Operations.Of(loss.Count()),
                Operations.Of(loss.Backprop(new BackpropOptions()).Count()),
                Operations.Of(programs.Gradient().Count())));
    }
}

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
    double C, long Inputs, double Value, double Backprop, double Forprop, double OmegaB, string OmegaBBy, double OmegaF, string OmegaFBy);

/// <summary>Operations of programs as they are built and run.</summary>
/// <param name="Value">The loss.</param>
/// <param name="Backprop">The loss and its gradient in all inputs.</param>
/// <param name="Training">The loss and its gradient in the parameters only.</param>
internal sealed record CountedCost(Operations Value, Operations Backprop, Operations Training);

/// <summary>How many operations of each kind.</summary>
internal sealed record Operations(long Total, long Additions, long Multiplications, long Comparisons, long Nonlinear)
{
    public static Operations Of(OperationCount count) =>
        new(count.Total, count.Additions, count.Multiplications, count.Comparisons, count.Nonlinear);
}
