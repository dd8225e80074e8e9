using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cost;

/// <summary>What a Jacobian is wanted for, and how its work is priced.</summary>
public sealed record ModeOptions
{
    private static readonly UnitModel _unit = new(10);

    /// <summary>Names of the inputs. Default none, which means every real input.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>What holds at kinks; it changes no price. Default libtorch's choices.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>How many of the narrowest waists are priced. Default 16; 0 rules mixed mode out.</summary>
    public int Waists { get; init; } = 16;

    /// <summary>
    /// The price of one application of a function to arguments of given types. Default: its operations, each 1 and
    /// nonlinear ones 10. Give a machine's time to choose by time.
    /// </summary>
    public Func<ElementaryFunction, IReadOnlyList<TensorType>, double> Price { get; init; } =
        static (function, types) => _unit.Cost(function.Count(types));

    /// <summary>
    /// The price of running a program a number of times in a row: of what runs once, of the sweeps, of the product.
    /// Default null, the number times the sum of <see cref="Price"/> over the nodes. Give
    /// <see cref="TrialPrice.Seconds"/> to choose by a few runs of each.
    /// </summary>
    public Func<Program, long, double>? ProgramPrice { get; init; }

    /// <summary>
    /// How many waists, the cheapest by <see cref="Price"/>, <see cref="ProgramPrice"/> is asked about. Default 3,
    /// since it may run what it prices.
    /// </summary>
    public int PricedWaists { get; init; } = 3;

    internal double PriceOf(Program program, long times) =>
        ProgramPrice is { } price ? price(program, times) : times * program.Nodes.Sum(node => Price(node.Function, program.ArgumentTypes(node)));
}
