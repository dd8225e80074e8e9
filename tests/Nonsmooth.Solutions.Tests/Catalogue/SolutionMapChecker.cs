using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Catalogue;

/// <summary>One checker for every solution map's contract: types, gradients, batches, counts, NaN, report.</summary>
internal static class SolutionMapChecker
{
    private const double _step = 1e-5;

    /// <summary>Everything, at one random problem.</summary>
    public static void Check(SolutionRow row, ulong seed)
    {
        var random = new CounterRandom(seed).Derive(row.ToString());
        var arguments = row.Draw(random);
        var program = Traced(row, arguments.Select(a => a.Shape));
        TypesMatch(program, arguments);
        var (relative, identity, nearKink) = Derivatives(row, seed);
        Assert.True((relative <= 1e-6 || nearKink) && identity <= 1e-10, $"seed {seed}: {relative} from differences, {identity} from the identity");
        BatchesAreProblems(row, random);
        NotANumberIsRefused(row, program, arguments);
        Reported(row, arguments);
        HalfPrecisionStaysOnThePiece(row, program, arguments);
    }

    /// <summary>
    /// The largest relative error of a jvp against central differences of whole solves, how far ⟨u, Jv⟩ = ⟨Jᵀu, v⟩ is from holding, and
    /// whether the state changed within the step, so that differences say nothing.
    /// </summary>
    public static (double Relative, double Identity, bool NearKink) Derivatives(SolutionRow row, ulong seed)
    {
        var random = new CounterRandom(seed).Derive(row.ToString());
        var arguments = row.Draw(random);
        var program = Traced(row, arguments.Select(a => a.Shape));
        double[][] at = [.. arguments.Select(a => a.Elements)];
        double[][] tangents = [.. arguments.Select((a, i) => Directions(random.Derive("tangent").Derive((ulong)i), a.Elements.Length))];
        var (ahead, aheadState) = Values(program, Moved(at, tangents, _step));
        var (behind, behindState) = Values(program, Moved(at, tangents, -_step));
        var forward = program.Forprop(new ForpropOptions { KeepValues = false });
        double[][] jvp = Reals(Interpreter.Run<Float64>(forward, [.. at, .. tangents]));
        double largest = jvp.SelectMany(j => j).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double error = 0;
        for (int r = 0; r < jvp.Length; r++)
        {
            for (int e = 0; e < jvp[r].Length; e++)
            {
                error = Math.Max(error, Math.Abs(((ahead[r][e] - behind[r][e]) / (2 * _step)) - jvp[r][e]));
            }
        }

        double[][] seeds = [.. jvp.Select((j, i) => Directions(random.Derive("seed").Derive((ulong)i), j.Length))];
        var backward = program.Backprop(new BackpropOptions { KeepValues = false });
        double[][] vjp = Reals(Interpreter.Run<Float64>(backward, [.. at, .. seeds]));
        double forwards = jvp.Zip(seeds, Inner).Sum();
        double backwards = vjp.Zip(tangents, Inner).Sum();
        double size = 1 + jvp.SelectMany(j => j).Sum(Math.Abs);
        return (error / (1 + largest), Math.Abs(forwards - backwards) / size, !aheadState.SequenceEqual(behindState));
    }

    /// <summary>The map as a program of its own; its last output is the state. Numbers are vectors of one, so that all outputs are seeded.</summary>
    public static Program Traced(SolutionRow row, IEnumerable<Shape> shapes)
    {
        var builder = new ProgramBuilder();
        var inputs = shapes.Select((s, i) => builder.Input(row.Map.Parameters[i].Name, s)).ToArray();
        return builder.Build(builder.ApplyAll(row.Map, inputs).Select((r, i) => ($"r{i}", r.Shape.Rank == 0 ? r.Reshape(new Shape(1)) : r)));
    }

    private static void TypesMatch(Program program, IReadOnlyList<Tensor<double>> arguments)
    {
        var outputs = Interpreter.Run<Float64>(program, [.. arguments.Select(a => a.Elements)]);
        Assert.Equal(program.Outputs.Select(o => program.Types[o.Value].Shape), outputs.Select(o => o.Shape));
        Assert.IsType<Tensor<long>>(outputs[^1]);
    }

    // Three problems, of which one parameter is shared (none of a map with one only): as three solves, and the shared cotangent is the sum.
    private static void BatchesAreProblems(SolutionRow row, CounterRandom random)
    {
        var problems = Enumerable.Range(0, 3).Select(i => row.Draw(random.Derive((ulong)i)).ToArray()).ToArray();
        foreach (int shared in problems[0].Length == 1 ? [-1] : Enumerable.Range(0, problems[0].Length))
        {
            var together = problems[0].Select((a, p) => p == shared ? a.Elements : problems.SelectMany(x => x[p].Elements).ToArray()).ToArray();
            var program = Traced(row, problems[0].Select((a, p) => p == shared ? a.Shape : new Shape(3).Concat(a.Shape)));
            var single = Traced(row, problems[0].Select(a => a.Shape));
            Array[] Alone(int i) => [.. problems[i].Select((a, p) => p == shared ? problems[0][p].Elements : a.Elements)];
            IReadOnlyList<Tensor> whole;
            try
            {
                whole = Interpreter.Run<Float64>(program, together);
            }
            catch (SolutionException)
            {
                // Mixed parameters need not make a problem: then one of the three has none either.
                Assert.Contains(Enumerable.Range(0, 3), i => Record.Exception(() => Interpreter.Run<Float64>(single, Alone(i))) is SolutionException);
                continue;
            }

            var backward = program.Backprop(new BackpropOptions { KeepValues = false });
            double[][] seeds = [.. Reals(whole).Select((r, i) => Directions(random.Derive("batch").Derive((ulong)i), r.Length))];
            double[][] gradients = Reals(Interpreter.Run<Float64>(backward, [.. together, .. seeds]));
            double[][] sum = [.. gradients.Select(g => new double[g.Length])];
            var singleBackward = single.Backprop(new BackpropOptions { KeepValues = false });
            for (int i = 0; i < 3; i++)
            {
                double[][] part = Reals(Interpreter.Run<Float64>(single, Alone(i)));
                for (int r = 0; r < part.Length; r++)
                {
                    int size = part[r].Length;
                    Assert.Equal(part[r], Reals(whole)[r][(i * size)..((i + 1) * size)]);
                }

                double[][] own = Reals(Interpreter.Run<Float64>(
                    singleBackward, [.. Alone(i), .. part.Select((r, k) => seeds[k][(i * r.Length)..((i + 1) * r.Length)])]));
                for (int p = 0; p < own.Length; p++)
                {
                    for (int e = 0; e < own[p].Length; e++)
                    {
                        sum[p][(p == shared ? 0 : i * own[p].Length) + e] += own[p][e];
                    }
                }
            }

            Assert.Equal(sum.SelectMany(s => s), gradients.SelectMany(g => g));
        }
    }

    private static void NotANumberIsRefused(SolutionRow row, Program program, IReadOnlyList<Tensor<double>> arguments)
    {
        for (int p = 0; p < arguments.Count; p++)
        {
            if (arguments[p].Elements.Length == 0)
            {
                continue;
            }

            double[][] bad = [.. arguments.Select(a => (double[])a.Elements.Clone())];
            bad[p][^1] = double.NaN;
            var error = Assert.Throws<NotFiniteProblemException>(() => Interpreter.Run<Float64>(program, bad));
            Assert.Contains($"{row.Map.Parameters[p].Name} is NaN", error.Message, StringComparison.Ordinal);
        }
    }

    private static void Reported(SolutionRow row, IReadOnlyList<Tensor<double>> arguments)
    {
        var report = Assert.Single(row.Map.Report(arguments));
        Assert.True(report.Condition >= 1 && double.IsFinite(report.Condition), report.ToString());
        Assert.Empty(report.WeaklyActive);
        Assert.Equal(Invertibility.AllElements, report.Invertibility);
        Assert.True(report.Margin > 0);
        double[][] cotangents = [.. report.Solution.Values.Select(v => Array.ConvertAll(v, _ => 1.0))];
        var bound = report.Bound(cotangents);
        double length = Math.Sqrt(bound.Gradient.Sum(g => Inner(g, g)));
        Assert.True(bound.Bound <= 1e-7 * (1 + length), $"{bound.Bound} of {length}: {bound.Reason}");
        double[][] direction = [.. arguments.Select(a => Array.ConvertAll(a.Elements, x => 0.5 + (0.1 * x)))];
        var (right, left) = report.OneSided(direction);
        for (int r = 0; r < right.Count; r++)
        {
            Assert.All(right[r].Zip(left[r]), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * (1 + Math.Abs(pair.First))));
        }
    }

    // A format of 24 bits solves the rounded problem in doubles, and its derivative stays on the piece that was solved.
    private static void HalfPrecisionStaysOnThePiece(SolutionRow row, Program program, IReadOnlyList<Tensor<double>> arguments)
    {
        double[][] rounded = [.. arguments.Select(a => Array.ConvertAll(a.Elements, x => (double)(float)x))];
        var backward = program.Backprop(new BackpropOptions { KeepValues = false });
        double[][] seeds = [.. Reals(Interpreter.Run<Float64>(program, rounded)).Select(r => Array.ConvertAll(r, _ => 1.0))];
        double[] exact = [.. Reals(Interpreter.Run<Float64>(backward, [.. rounded, .. seeds])).SelectMany(g => g)];
        double[] single = [.. Reals(Interpreter.Run<Float32>(backward, [.. rounded, .. seeds])).SelectMany(g => g)];
        double size = exact.Select(Math.Abs).Max();
        double condition = row.Map.Report([.. rounded.Select((r, i) => Tensor.Of(arguments[i].Shape, r))])[0].Condition;
        Assert.All(exact.Zip(single), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= 1e-5 * condition * (1 + size), $"{pair.First} in doubles, {pair.Second} in singles"));
    }

    private static (double[][] Reals, long[] State) Values(Program program, double[][] at)
    {
        var all = Interpreter.Run<Float64>(program, at);
        return (Reals(all), ((Tensor<long>)all[^1]).Elements);
    }

    private static double[][] Reals(IReadOnlyList<Tensor> tensors) => [.. tensors.OfType<Tensor<double>>().Select(t => t.Elements)];

    private static double[][] Moved(double[][] at, double[][] tangents, double step) =>
        [.. at.Zip(tangents, (x, t) => x.Zip(t, (a, b) => a + (step * b)).ToArray())];

    private static double[] Directions(CounterRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (2 * random.Uniform((ulong)i)) - 1)];

    private static double Inner(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
