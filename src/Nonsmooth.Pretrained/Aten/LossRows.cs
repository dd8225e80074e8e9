using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Losses.</summary>
internal static class LossRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        Loss("mse_loss", (x, y) => F.Square(F.Subtract(x, y))), Loss("l1_loss", (x, y) => F.Abs(F.Subtract(x, y))),
    ];

    /// <summary>The terms of a loss reduced: ATen numbers the ways, Python's functions name them.</summary>
    internal static Variable Reduced(AtenCall call, Variable terms) => call["reduction"] switch
    {
        "none" or 0L => terms,
        "mean" or 1L => terms.Mean(),
        "sum" or 2L => terms.Sum(),
        _ => throw call.Lacks("a reduction: none, mean or sum"),
    };

    private static AtenOperator Loss(string name, Func<Variable, Variable, Variable> terms) =>
        new(name, "input, target, reduction=1", call => Reduced(call, terms(call.Real("input"), call.Real("target"))));
}
