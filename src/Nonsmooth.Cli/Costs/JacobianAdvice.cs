using Nonsmooth.Cost;
using Nonsmooth.Programs;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Costs;

/// <summary>The answer to <c>--jacobian</c>: which mode computes it cheapest, and what each would cost.</summary>
/// <param name="Of">Of what.</param>
/// <param name="In">In what.</param>
/// <param name="Tangents">Directions that forward mode was priced for.</param>
/// <param name="Cotangents">Directions that reverse mode was priced for.</param>
/// <param name="Mode">The cheapest.</param>
/// <param name="Value">Price of the value alone, by which the others are shown.</param>
/// <param name="Forward">Price of forward mode.</param>
/// <param name="Reverse">Price of reverse mode.</param>
/// <param name="Mixed">The cheapest cut in two parts; nothing where the network has no waist.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record JacobianAdvice(
    JacobianOutput Of,
    JacobianInput In,
    long Tangents,
    long Cotangents,
    DerivativeMode Mode,
    double Value,
    double Forward,
    double Reverse,
    MixedAdvice? Mixed,
    string Reason)
{
    /// <summary>Prices the modes in U(c), as evaluated.</summary>
    public static JacobianAdvice For(NetworkProgram programs, JacobianWish wish, double nonlinear)
    {
        var model = new UnitModel(nonlinear);
        var program = wish.Of == JacobianOutput.Loss ? programs.Objective : programs.Logits;
        var options = new ModeOptions
        {
            WithRespectTo = wish.In == JacobianInput.Input ? [.. program.Inputs.Where(i => i.Role == InputRole.Data).Select(i => i.Name)] : [.. programs.Trained.Select(p => p.Name)],
            Price = (function, types) => model.Cost(function.Count(types)),
        };
        var advice = ModeAdvisor.Recommend(program, wish.Tangents, wish.Cotangents, options);
        return new JacobianAdvice(
            wish.Of,
            wish.In,
            advice.Inputs,
            advice.Outputs,
            advice.Mode,
            model.Cost(program.Count()),
            advice.Forward,
            advice.Reverse,
            advice.Mixed is { } cut ? new MixedAdvice(cut.Waist.Name, cut.Waist.Elements, cut.Inner, cut.Outer, cut.Price) : null,
            advice.Reason);
    }
}
