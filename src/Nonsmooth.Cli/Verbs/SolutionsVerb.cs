using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cost;
using Nonsmooth.Randomness;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the solution maps: problems whose solution is differentiated as any function is.</summary>
internal sealed class SolutionsVerb() : Verb("solutions", "List the problems whose solutions are differentiated, and what a derivative costs", "nonsmooth solutions")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        var rows = StandardSolutions.Rows.DistinctBy(r => r.Map.Name).Select(Of).ToArray();
        session.Print(new Document(new Listing(rows))
            .Table(
                rows,
                (Column.Text("name"), r => r.Name),
                (Column.Text("parameters"), r => string.Join(", ", r.Parameters)),
                (Column.Text("where it is not smooth") with { Priority = 1 }, r => r.Kinks),
                (Column.Scaled("solve"), r => r.Solve),
                (Column.Scaled("backward"), r => r.Backward),
                (Column.Digits("ratio"), r => (double)r.Backward / r.Solve))
            .Say("Operations are nominal, on a small example: those of a solver depend on the numbers. nonsmooth cost equilibrium:64 prices the strategies of a fixed point."));
        return ExitCode.Done;
    }

    private static Row Of(SolutionRow row)
    {
        IReadOnlyList<Shape> shapes = [.. row.Draw(new CounterRandom(1)).Select(t => t.Shape)];
        var model = new UnitModel(1);
        return new Row(
            row.Map.Name, [.. row.Map.Parameters.Select(p => p.Name)], row.Map.Border, (long)model.Cost(row.Map.SolveCount(shapes)), (long)model.Cost(row.Map.DerivativeCount(shapes)));
    }

    private sealed record Row(string Name, IReadOnlyList<string> Parameters, string Kinks, long Solve, long Backward);

    private sealed record Listing(IReadOnlyList<Row> Solutions);
}
