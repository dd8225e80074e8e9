using Nonsmooth.Cli.Output;
using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Costs;

/// <summary>The modes of a Jacobian beside each other, as every form for a person shows them.</summary>
internal static class JacobianTable
{
    public static IReadOnlyList<string> Headings { get; } = ["mode", "runs", "operations", "times the value", "choice"];

    public static string Heading(JacobianAdvice advice) =>
        $"Jacobian of the {Word(advice.Of)} in the {Word(advice.In)}: forward, reverse or mixed mode";

    public static IReadOnlyList<IReadOnlyList<string>> Rows(JacobianAdvice advice)
    {
        List<IReadOnlyList<string>> rows =
        [
            Row(DerivativeMode.Forward, Count(advice.Tangents, "tangent"), advice.Forward),
            Row(DerivativeMode.Reverse, Count(advice.Cotangents, "cotangent"), advice.Reverse),
        ];
        if (advice.Mixed is { } mixed)
        {
            rows.Add(Row(
                DerivativeMode.Mixed,
                $"{Word(mixed.Inner)} to {mixed.Waist} of {Numbers.Whole(mixed.Elements)}, {Word(mixed.Outer)} from there",
                mixed.Price));
        }

        return rows;

        string[] Row(DerivativeMode mode, string runs, double price) =>
            [Word(mode), runs, Numbers.Scaled(price), Times(price / advice.Value), mode == advice.Mode ? "cheapest" : ""];
    }

    /// <summary>Why, and what the prices are.</summary>
    public static string Reason(CostSheet sheet, JacobianAdvice advice) =>
        $"Choose {advice.Reason}. Prices are of the programs that would run, in operations as evaluated, nonlinear ones {Numbers.Short(sheet.Unit.C)}; "
        + $"the value alone costs {Numbers.Scaled(advice.Value)}{(advice.Mixed is null ? "; nothing is narrow enough to cut at, so there is no mixed mode" : "")}.";

    private static string Times(double ratio) => ratio < 1000 ? Numbers.Short(ratio, 1) : Numbers.Scaled(ratio);

    private static string Count(long number, string what) => $"{Numbers.Whole(number)} {what}{(number == 1 ? "" : "s")}";

    private static string Word<T>(T name)
        where T : struct, Enum => name.ToString().ToLowerInvariant();
}
