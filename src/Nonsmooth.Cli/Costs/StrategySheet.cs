using System.Globalization;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Solutions;

namespace Nonsmooth.Cli.Costs;

/// <summary>What the strategies of differentiating an equilibrium cost.</summary>
/// <param name="Equilibrium">The fixed point, by name.</param>
/// <param name="Contraction">By what a step shrinks the error.</param>
/// <param name="Accuracy">The relative error that a gradient may have.</param>
/// <param name="Strategies">The prices, cheapest first.</param>
internal sealed record StrategySheet(string Equilibrium, double Contraction, double Accuracy, IReadOnlyList<StrategyRow> Strategies)
{
    /// <summary>What names of equilibria begin with.</summary>
    public const string Prefix = "equilibrium:";

    /// <summary>Prices them.</summary>
    /// <param name="name"><c>equilibrium:N</c>, or <c>equilibrium:N:relu</c>.</param>
    /// <param name="contraction">In (0, 1).</param>
    /// <param name="iterations">The solver's; null for those that reach the accuracy.</param>
    /// <param name="accuracy">Above 0.</param>
    /// <param name="nonlinear">The price of a nonlinear operation.</param>
    /// <exception cref="UsageException">The name cannot be read, or a number is out of its range.</exception>
    public static StrategySheet Of(string name, double contraction, int? iterations, double accuracy, double nonlinear)
    {
        string[] parts = name.Split(':');
        if (parts.Length is < 2 or > 3 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int unknowns))
        {
            throw new UsageException($"'{name}' is no equilibrium: give equilibrium:N or equilibrium:N:relu, N unknowns");
        }

        return UsageException.Read(() =>
        {
            var advice = StrategyAdvice.For(
                Solutions.Equilibrium.Layer(unknowns, parts.Length == 3 ? parts[2] : "tanh"), contraction, iterations, accuracy, nonlinear: nonlinear);
            return new StrategySheet(name, contraction, accuracy, [.. advice.Prices.Select(p => StrategyRow.Of(p, p == advice.Recommended))]);
        });
    }

    /// <summary>It as a report.</summary>
    public Document Document() => new Document(this, $"One vjp of {Equilibrium}, contraction {Numbers.Digits(Contraction)}")
        .Table(
            Strategies,
            (Column.Text("strategy"), r => r.Name),
            (Column.Scaled("operations"), r => r.Operations),
            (Column.Scaled("words kept"), r => r.Words),
            (Column.Digits("relative error"), r => r.Error > 0 ? r.Error : "the solver's"),
            (Column.Right(""), r => r.Recommended ? "recommended" : null))
        .Say($"Recommended is the cheapest with a relative error of at most {Numbers.Digits(Accuracy)} from what it leaves out.");
}
