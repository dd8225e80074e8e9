using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers.Certificates;

/// <summary>All answers at one point.</summary>
internal sealed record AllAnswers(
    Scaled Subject, KinkAnswer Differentiability, KinkAnswer Two, StationarityAnswer Stationarity, AmbiguityAnswer Ambiguity, ClarkeAnswer Clarke)
{
    public bool IsCurved => Subject.Base.IsCurved;

    /// <summary>What no scaling may change. Whether curves tie along the direction that Clarke's element draws depends on the direction.</summary>
    public (Verdict, Verdict, Verdict, Verdict, Verdict, bool) Verdicts => (
        Differentiability.Verdict, Two.Verdict, Stationarity.ZeroIsClarke, Stationarity.HasDescent, Ambiguity.Ambiguous, IsCurved || Clarke.IsCertified);

    public IEnumerable<string> Lines =>
    [
        $"differentiable: {Differentiability.Verdict} ({Differentiability.Grounds})",
        $"two Clarke subgradients: {Two.Verdict} ({Two.Grounds})",
        $"0 is Clarke's: {Stationarity.ZeroIsClarke}",
        $"descent: {Stationarity.HasDescent}",
        $"ambiguous: {Ambiguity.Ambiguous}",
        $"Clarke's element certified: {Clarke.IsCertified}",
        .. new[] { Differentiability.Doubt, Two.Doubt, Stationarity.Doubt, Ambiguity.Doubt }.OfType<string>().Distinct().Select(d => $"doubt: {Kind(d)}"),
    ];

    // Without the names of nodes and the numbers.
    private static string Kind(string doubt) => string.Join(' ', doubt.Split(' ').Where(w => !w.Any(char.IsDigit)));

    public static AllAnswers Of(Scaled subject)
    {
        IReadOnlyList<Array> at = [subject.Point];
        var budget = new KinkBudget { TiedUnits = 24 };
        return new AllAnswers(
            subject,
            Nonsmooth.Answers.Differentiability.At(subject.Program, at, budget),
            TwoClarkeElements.At(subject.Program, at, budget),
            Nonsmooth.Answers.Stationarity.At(subject.Program, at, budget),
            Nonsmooth.Answers.Ambiguity.At(subject.Program, at),
            Nonsmooth.Answers.Clarke.At(subject.Program, at));
    }
}

/// <summary>Random scalings of a program: terms by any number of 1e-12 to 1e12, coordinates too where the point is 0, else by powers of two.</summary>
internal static class Scalings
{
    public static Scaled Draw(Random random, KinkyProgram program, bool scale)
    {
        bool atZero = Array.TrueForAll(program.Point, p => p == 0);
        double Any() => scale ? Math.Pow(10, (24 * random.NextDouble()) - 12) : 1;
        double Exact() => scale ? Math.ScaleB(1, random.Next(-40, 41)) : 1;
        return program.At([.. program.Terms.Select(_ => Any())], [.. program.Point.Select(_ => atZero ? Any() : Exact())]);
    }
}
