using Nonsmooth.Dictionary;
using Nonsmooth.Solutions.Tests.Catalogue;

namespace Nonsmooth.Solutions.Tests.Maps;

// Of every row of the table: tangents of tangents against differences of tangents, and the same backwards.
public sealed class SecondDerivativeTests
{
    private const double _step = 1e-5;

    // Rows whose maps give no equations: refused by name.
    private static readonly string[] _without = ["semidefinite_projection", "eigvals_real"];

    public static TheoryData<int, string> Rows => StandardSolutionsTests.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void TangentsOfTangentsAreDifferencesOfTangents(int index, string name)
    {
        var row = StandardSolutions.Rows[index];
        var random = new CounterRandom(1).Derive(name);
        var drawn = row.Draw(random);
        if (_without.Contains(row.Map.Name) || IsWide(row, drawn))
        {
            var error = Assert.ThrowsAny<NonsmoothException>(() => Second(row, drawn, random));
            Assert.True(error is SingularSolutionException || error.Message.Contains("gives no equations", StringComparison.Ordinal), error.Message);
            return;
        }

        var (second, differences, size, backwards) = Second(row, drawn, random);
        double largest = differences.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double worst = second.Zip(differences, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Max();
        Assert.True(worst <= 2e-6 * (size + largest), $"{name}: {worst} of {largest} and {size}");
        Assert.True(backwards <= 1e-9 * (1 + size + largest), $"{name}: transposed by {backwards}");
    }

    // One parameter shared by two problems, or none: gradients of gradients of the batch are those of its problems.
    [Theory]
    [InlineData("quadratic_program")]
    [InlineData("sparse_group_lasso")]
    [InlineData("entropic_transport")]
    [InlineData("simplex_projection")]
    [InlineData("eigvalsh")]
    public void ABatchIsItsProblems(string name)
    {
        var row = StandardSolutions.Rows.First(r => r.Map.Name == name);
        var random = new CounterRandom(2).Derive(name);
        var (first, second) = (row.Draw(random.Derive(1)), row.Draw(random.Derive(2)));
        // Of two programs only the objective: constraints of one and bounds of the other may leave no point.
        foreach (int shared in first.Count == 1 ? [-1] : Enumerable.Range(0, name == "quadratic_program" ? 2 : first.Count))
        {
            Tensor<double>[] other = [.. second.Select((a, p) => p == shared ? first[p] : a)];
            Tensor<double>[] both = [.. first.Zip(other, (a, b) => Tensor.Of(new Shape(2).Concat(a.Shape), a.Elements.Concat(b.Elements).ToArray()))];
            both = [.. both.Select((a, p) => p == shared ? first[p] : a)];
            double[][] together = Pulled(row, both);
            double[][][] alone = [Pulled(row, first), Pulled(row, other)];
            for (int p = 0; p < first.Count; p++)
            {
                double[] expected = p == shared ? [.. alone[0][p].Zip(alone[1][p], (a, b) => a + b)] : [.. alone[0][p], .. alone[1][p]];
                double size = 1 + expected.Max(Math.Abs);
                Assert.All(expected.Zip(together[p]), e => Assert.Equal(e.First, e.Second, 1e-9 * size));
            }
        }
    }

    // Of the cube root of a: x/(3a), −2x/(9a²), 10x/(27a³).
    [Fact]
    public void ThirdDerivativesAreThoseOfTheFormula()
    {
        var root = Program.Trace((a, x) => (x * x * x) - a, Shape.Scalar, Shape.Scalar);
        var program = Program.Trace(a => Solve.RootBetween(root, 0.1, 10, a), Shape.Scalar);
        var once = program.Backprop(new BackpropOptions { WithRespectTo = ["a"], KeepValues = false });
        var twice = once.Backprop(new BackpropOptions { WithRespectTo = ["a"], KeepValues = false });
        var thrice = twice.Backprop(new BackpropOptions { WithRespectTo = ["a"], KeepValues = false });
        Assert.Equal(2.0 / 24, Run(once, [[8.0]])[0][0], 1e-12);
        Assert.Equal(-4.0 / 576, Run(twice, [[8.0]])[0][0], 1e-12);
        Assert.Equal(20.0 / (27 * 512), Run(thrice, [[8.0]])[0][0], 1e-12);
    }

    // The gradient, in all parameters, of ⟨ones, J(θ)ᵀones⟩.
    private static double[][] Pulled(SolutionRow row, IReadOnlyList<Tensor<double>> drawn)
    {
        var program = Real(row, drawn);
        var gradient = program.Backprop(new BackpropOptions { KeepValues = false });
        var again = gradient.Backprop(new BackpropOptions { WithRespectTo = [.. program.Inputs.Select(i => i.Name)], KeepValues = false });
        var at = program.Inputs.Select((input, i) => (input.Name, drawn[i].Elements)).ToDictionary();
        return Run(again, [.. again.Inputs.Select(i => at.TryGetValue(i.Name, out double[]? given) ? given
            : Enumerable.Repeat(1.0, again.Types[i.Value].Shape.Elements).ToArray())]);
    }

    private static bool IsWide(SolutionRow row, IReadOnlyList<Tensor<double>> drawn) =>
        row.Map is LeastSquares && drawn[0].Shape[0] < drawn[0].Shape[1];

    // Along d1 then d2: forprop of forprop, central differences of forprop, the first tangents' size, and ⟨u, D²[d1, d2]⟩ by backprop of backprop.
    private static (double[] Second, double[] Differences, double Size, double Backwards) Second(
        SolutionRow row, IReadOnlyList<Tensor<double>> drawn, CounterRandom random)
    {
        var program = Real(row, drawn);
        string[] names = [.. program.Inputs.Select(i => i.Name)];
        double[][] at = [.. drawn.Select(a => a.Elements)];
        double[][] d1 = Drawn("first");
        double[][] d2 = Drawn("second");
        var once = program.Forprop(new ForpropOptions { KeepValues = false });
        var twice = once.Forprop(new ForpropOptions { WithRespectTo = names, KeepValues = false });
        double[] second = Flat(Run(twice, [.. at, .. d1, .. d2]));
        var ahead = Flat(Run(once, [.. Moved(at, d2, _step), .. d1]));
        var behind = Flat(Run(once, [.. Moved(at, d2, -_step), .. d1]));
        double[] differences = [.. ahead.Zip(behind, (a, b) => (a - b) / (2 * _step))];

        // g(θ) = Jᵀu, and its tangent along d2 with d1 is the same number.
        double[][] seeds = [.. program.Outputs.Select((o, i) => Normal(random.Derive("seeds").Derive((ulong)i), program.Types[o.Value].Shape.Elements))];
        var gradient = program.Backprop(new BackpropOptions { KeepValues = false });
        var along = gradient.Forprop(new ForpropOptions { WithRespectTo = names, KeepValues = false });
        double forwards = Inner(second, Flat(seeds));
        double across = Inner(Flat(Run(along, [.. at, .. seeds, .. d2])), Flat(d1));
        var back = gradient.Backprop(new BackpropOptions { WithRespectTo = names, KeepValues = false });
        double turned = Inner(Flat(Run(back, [.. at, .. seeds, .. d1])), Flat(d2));
        return (second, differences, 1 + ahead.Select(Math.Abs).Max(), Math.Max(Math.Abs(forwards - across), Math.Abs(forwards - turned)));

        double[][] Drawn(string name) => [.. drawn.Select((a, i) => Normal(random.Derive(name).Derive((ulong)i), a.Shape.Elements))];
    }

    private static Program Real(SolutionRow row, IReadOnlyList<Tensor<double>> drawn)
    {
        var builder = new ProgramBuilder();
        var inputs = drawn.Select((a, i) => builder.Input(row.Map.Parameters[i].Name, a.Shape)).ToArray();
        var results = builder.ApplyAll(row.Map, inputs);
        return builder.Build(results.Take(results.Count - 1).Select((r, i) => ($"r{i}", r.Shape.Rank == 0 ? r.Reshape(new Shape(1)) : r)));
    }

    private static double[][] Moved(double[][] at, double[][] d, double step) =>
        [.. at.Zip(d, (a, b) => a.Zip(b, (x, y) => x + (step * y)).ToArray())];

    private static double[] Normal(CounterRandom random, int count) => [.. Enumerable.Range(0, count).Select(i => random.Normal((ulong)i))];

    private static double[][] Run(Program program, double[][] inputs) =>
        [.. Interpreter.Run<Float64>(program, inputs).Select(t => ((Tensor<double>)t).Elements)];

    private static double[] Flat(IEnumerable<double[]> parts) => [.. parts.SelectMany(p => p)];

    private static double Inner(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
