using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

/// <summary>Nonsmooth test functions at their minimisers: exact where these are numbers of doubles, near where they are rounded.</summary>
public sealed class TestProblemTests(ITestOutputHelper output)
{
    private static readonly bool _all = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1";

    private static readonly TimeBudget _time = new(TimeSpan.FromSeconds(30));

    private static IEnumerable<TestProblem> Problems => !_all ? TestProblem.All(5, 4, 8)
        : new[] { (2, 2, 2), (4, 4, 10), (6, 8, 20), (8, 10, 30), (10, 16, 40), (11, 20, 40), (12, 20, 40) }
            .SelectMany(s => TestProblem.All(s.Item1, s.Item2, s.Item3)).DistinctBy(p => p.ToString());

    [Fact]
    public void MinimisersHaveTheValuesOfTheLiterature()
    {
        foreach (var problem in Problems)
        {
            double value = ((Tensor<double>)Interpreter.Run<Float64>(problem.Program, problem.Minimiser)[0])[0];
            Assert.True(Math.Abs(value - problem.Value) <= 1e-14 * (1 + Math.Abs(problem.Value)), $"{problem}: {value}");
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void ExactMinimisersAreStationaryWithoutDescent()
    {
        var unknown = new List<string>();
        int count = 0;
        foreach (var problem in Problems.Where(p => p.IsExact))
        {
            var (clock, program) = (Stopwatch.StartNew(), problem.Program);
            var answer = Stationarity.At(program, [problem.Minimiser], new KinkBudget { Time = _time });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {problem.Name} | {problem.Minimiser.Length} | {answer.TiedUnits} | {answer.Pieces} | {clock.Elapsed.TotalMilliseconds:F0} ms |"));
            count++;
            if (answer.Doubt is { } doubt)
            {
                unknown.Add($"{problem}: {doubt}");
                continue;
            }

            Assert.True((answer.ZeroIsClarke, answer.HasDescent) == (Verdict.Yes, Verdict.No), $"{problem}: {answer}");
            Assert.True(IsZero(answer.Combination!, problem.Minimiser.Length), $"{problem}: the combination is not 0");
            Assert.True(answer.Combination!.All(c => IsGradient(program, problem.Minimiser, c.Piece)), $"{problem}: not a gradient of its piece");
        }

        output.WriteLine(string.Join("\n", unknown));
        Assert.True(unknown.Count <= 0.05 * count, string.Join("\n", unknown));
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("rounded to 8 digits")]
    [InlineData("beside by 1e-8")]
    public void MinimisersThatAreNotQuiteMetAreStationaryWithinADistance(string how)
    {
        var unknown = new List<string>();
        var random = new Random(5);
        int count = 0;
        foreach (var problem in Problems)
        {
            double[] point = how[0] == 'r'
                ? Array.ConvertAll(problem.Minimiser, x => double.Parse(x.ToString("E7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
                : Array.ConvertAll(problem.Minimiser, x => x + (1e-8 * ((2 * random.NextDouble()) - 1)));
            var (clock, program) = (Stopwatch.StartNew(), problem.Program);
            var answer = Stationarity.Within(program, [point], new GoldsteinBudget { Time = _time });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {problem.Name} | {point.Length} | {answer.Length:E1} | {answer.Radius:E1} | {answer.Combination.Count} | {answer.Gradients} | {clock.Elapsed.TotalMilliseconds:F0} ms | {answer.Doubt}"));
            Assert.True(answer.Verdict != Verdict.No, $"{problem}: {answer}");
            count++;
            if (answer.Doubt is { } doubt)
            {
                unknown.Add($"{problem}: {doubt}");
                continue;
            }

            var (length, radius) = answer.Recheck(program, [point]);
            Assert.True(length <= 1e-5 && radius <= 1e-6 && answer.Combination.All(t => t.Weight > 0), $"{problem}: {length} at {radius}");
        }

        output.WriteLine(string.Join("\n", unknown));
        Assert.True(unknown.Count <= 0.05 * count, string.Join("\n", unknown));
    }

    private static bool IsZero(IReadOnlyList<WeightedPiece> combination, int variables) => Enumerable.Range(0, variables).All(i =>
        Math.Abs(combination.Sum(c => c.Weight * c.Piece.Gradient[0][i])) <= 1e-14 * combination.Sum(c => c.Weight * Math.Abs(c.Piece.Gradient[0][i])));

    // By the derivative along the direction, of a sweep of its own: F'(x; d) = ⟨g, d⟩.
    private static bool IsGradient(Program program, double[] point, LinearPiece piece)
    {
        double slope = DirectionalDerivatives.At(program, [point], [piece.Direction]).Scalars[0];
        double product = piece.Gradient[0].Zip(piece.Direction[0], (g, d) => g * d).Sum();
        return Math.Abs(slope - product) <= 1e-13 * piece.Gradient[0].Zip(piece.Direction[0], (g, d) => Math.Abs(g * d)).Sum();
    }
}
