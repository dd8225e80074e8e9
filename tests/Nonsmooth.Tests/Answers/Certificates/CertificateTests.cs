using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers.Certificates;

public sealed class CertificateTests(ITestOutputHelper output)
{
    private static readonly int _programs = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 10_000 : 150;

    /// <summary>What cannot be: each with the answers that would say it.</summary>
    private static readonly (string Name, Func<AllAnswers, bool> Holds)[] _impossible =
    [
        ("0 is not Clarke's, and nothing descends", a => a.Stationarity is { ZeroIsClarke: Verdict.No, HasDescent: Verdict.No }),
        ("differentiable, with two Clarke subgradients, and piecewise linear", a => !a.IsCurved && a.Differentiability.Verdict == Verdict.Yes && a.Two.Verdict == Verdict.Yes),
        ("not differentiable, with one Clarke subgradient", a => a.Differentiability.Verdict == Verdict.No && a.Two.Verdict == Verdict.No),
        ("not differentiable, and backprop not ambiguous", a => a.Differentiability.Verdict == Verdict.No && a.Ambiguity.Ambiguous == Verdict.No),
        ("two Clarke subgradients, and backprop not ambiguous", a => a.Two.Verdict == Verdict.Yes && a.Ambiguity.Ambiguous == Verdict.No),
        ("ambiguous without a tie", a => a.Ambiguity.Ambiguous == Verdict.Yes && a.Stationarity.TiedUnits == 0),
        ("differentiable with gradient 0, and descent", a => IsFlat(a) && a.Stationarity.HasDescent == Verdict.Yes),
        ("differentiable with gradient 0, which is not Clarke's", a => IsFlat(a) && a.Stationarity.ZeroIsClarke == Verdict.No),
        ("differentiable with another gradient, and no descent", a => IsSteep(a) && a.Stationarity.HasDescent == Verdict.No),
        ("differentiable with another gradient, piecewise linear, and 0 Clarke's", a => IsSteep(a) && !a.IsCurved && a.Stationarity.ZeroIsClarke == Verdict.Yes),
        ("Clarke's element is not the gradient of a differentiable piecewise linear program", a => !a.IsCurved && a.Differentiability.Verdict == Verdict.Yes
            && a.Clarke.IsCertified && !a.Clarke.Gradient[0].SequenceEqual(a.Differentiability.First!.Gradient[0])),
    ];

    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryAnswerIsRecheckedFromItsCertificate()
    {
        var random = new Random(11);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int trial = 0; trial < _programs; trial++)
        {
            var program = KinkyProgram.Draw(random);
            var answers = AllAnswers.Of(Scalings.Draw(random, program, trial % 2 == 0));
            var checker = new CertificateChecker(answers.Subject, random);
            try
            {
                checker.Check(answers.Differentiability);
                checker.CheckTwo(answers.Two);
                checker.Check(answers.Stationarity);
                checker.Check(answers.Ambiguity);
                checker.Check(answers.Clarke);
            }
            catch (Xunit.Sdk.XunitException e)
            {
                Assert.Fail($"trial {trial}: {e.Message}\n{answers.Subject.Program}");
            }

            foreach (string line in answers.Lines)
            {
                counts[line] = counts.GetValueOrDefault(line) + 1;
            }
        }

        output.WriteLine($"{_programs} programs; answers re-checked:");
        foreach (var (line, count) in counts)
        {
            output.WriteLine($"{count,6}  {line}");
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void ScaledTermsAndCoordinatesChangeNoAnswerAndNoneIsImpossible()
    {
        var random = new Random(12);
        int scaled = 0;
        for (int trial = 0; trial < _programs; trial++)
        {
            var program = KinkyProgram.Draw(random);
            var plain = AllAnswers.Of(program.At([.. program.Terms.Select(_ => 1.0)], [.. program.Point.Select(_ => 1.0)]));
            for (int s = 0; s < 3; s++)
            {
                var other = AllAnswers.Of(Scalings.Draw(random, program, true));
                Assert.True(plain.Verdicts == other.Verdicts, $"trial {trial}: {plain.Verdicts}, scaled {other.Verdicts}; {other.Stationarity.Doubt} {other.Differentiability.Doubt} {other.Two.Doubt} {other.Ambiguity.Doubt} {other.Clarke.Doubt} {plain.Stationarity.Doubt}\n{other.Subject.Program}");
                scaled++;
                foreach (var (name, holds) in _impossible)
                {
                    Assert.False(holds(other), $"trial {trial}: {name}\n{other.Subject.Program}");
                    Assert.False(holds(plain), $"trial {trial}: {name}\n{plain.Subject.Program}");
                }
            }
        }

        output.WriteLine($"{_programs} programs, {scaled} scalings, {_impossible.Length} implications");
    }

    private static bool IsFlat(AllAnswers a) => a.Differentiability.Verdict == Verdict.Yes && Array.TrueForAll(a.Differentiability.First!.Gradient[0], g => g == 0);

    private static bool IsSteep(AllAnswers a) => a.Differentiability.Verdict == Verdict.Yes && Array.Exists(a.Differentiability.First!.Gradient[0], g => g != 0);
}
