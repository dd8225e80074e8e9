using System.CommandLine;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Data;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Says what a network's loss and its derivatives cost, without running anything.</summary>
internal sealed class CostVerb : Verb
{
    private readonly Argument<string> _network = Parameters.Network();
    private readonly Option<int> _batch = Parameters.Whole("--batch", "Examples at once", fallback: 1, least: 1);
    private readonly Option<double?> _nonlinear = Parameters.Number(
        "--nonlinear", "Price of an exponential, a logarithm, an inverse, in additions [default: 1]", least: 1);

    private readonly Option<ImageShape?> _input = Parameters.Input();
    private readonly Option<int?> _classes = Parameters.Whole("--classes", "Number of classes [default: the network's own]", least: 1);

    public CostVerb()
        : base(
            "cost",
            "Say what a network's loss and its derivatives cost: the theorem's bounds and exact counts",
            "nonsmooth cost lenet5 --batch 32",
            "nonsmooth cost mlp:4-8-3 --nonlinear 10 --json")
    {
        Arguments.Add(_network);
        Options.Add(_batch);
        Options.Add(_nonlinear);
        Options.Add(_input);
        Options.Add(_classes);
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        var network = Parameters.FindNetwork(parsed.GetRequiredValue(_network), parsed.GetValue(_input), parsed.GetValue(_classes));
        session.Print(CostReport.Of(network, parsed.GetValue(_batch), parsed.GetValue(_nonlinear) ?? 1), Show);
        return ExitCode.Done;
    }

    private static void Show(CostReport report, Page page)
    {
        var (unit, counted) = (report.Unit, report.Counted);
        page.Say($"{report.Network} on {Numbers.Whole(report.Batch)} × {report.Input}: {Numbers.Whole(report.Parameters)} parameters, {Numbers.Whole(unit.Inputs)} real inputs in all.");

        page.Heading($"Unit model U({Numbers.Short(unit.C)}): + − × and comparisons cost 1, nonlinear functions {Numbers.Short(unit.C)}");
        page.Table(
            ["program", ">cost", ">ratio", ">bound"],
            [
                ["value", Numbers.Short(unit.Value), "1", ""],
                ["backprop", Numbers.Short(unit.Backprop), Ratio(unit.Backprop, unit.Value), $"ω_b = {Numbers.Short(unit.OmegaB)}, from {unit.OmegaBBy}"],
                [
                    $"forprop, {Numbers.Whole(unit.Inputs)} directions", Numbers.Short(unit.Forprop), Ratio(unit.Forprop, unit.Value),
                    $"ω_f = {Numbers.Short(unit.OmegaF)}, from {unit.OmegaFBy}",
                ],
            ]);
        page.Say($"A gradient by backprop costs at most {Numbers.Short(unit.OmegaB)} values whatever the number of inputs and kinks; by forprop the price grows with the inputs.");

        page.Heading("Operations of the programs as built");
        page.Table(
            ["program", ">total", ">ratio", ">additions", ">multiplications", ">comparisons", ">nonlinear"],
            [
                Row("value", counted.Value, counted.Value),
                Row("backprop, all inputs", counted.Backprop, counted.Value),
                Row("backprop, parameters", counted.Training, counted.Value),
            ]);
        page.Say("Gradients as built leave out products by ±1, sums with 0 and work for inputs that nobody asked about; the loss has a few operations more than in the unit model, which protect it against overflow.");
    }

    private static string[] Row(string name, Operations operations, Operations value) =>
    [
        name, Numbers.Whole(operations.Total), Ratio(operations.Total, value.Total), Numbers.Whole(operations.Additions),
        Numbers.Whole(operations.Multiplications), Numbers.Whole(operations.Comparisons), Numbers.Whole(operations.Nonlinear),
    ];

    private static string Ratio(double cost, double value) => Numbers.Short(cost / value);
}
