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

    internal double PriceOf(Program program) => program.Nodes.Sum(node => Price(node.Function, program.ArgumentTypes(node)));
}
