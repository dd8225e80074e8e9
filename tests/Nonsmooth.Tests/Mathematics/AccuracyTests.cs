
namespace Nonsmooth.Tests.Mathematics;

public sealed class AccuracyTests(ITestOutputHelper output)
{
    private static readonly int _count = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 200_000 : 6000;

    public static TheoryData<string> Names => [.. Subjects.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ErrsByLessThanOneUnitInTheLastPlace(string name)
    {
        var subject = Subjects.All.Single(s => s.Name == name);
        var (worst, at, count) = (0.0, 0.0, 0);
        foreach (double x in Subjects.Arguments(subject, _count, 7))
        {
            double ulps = subject.Exact(x).UlpsFrom(subject.Double(x));
            (worst, at) = ulps > worst ? (ulps, x) : (worst, at);
            count++;
        }

        output.WriteLine($"{name}: {worst:0.000} at {at:R}, {count} arguments");
        Assert.True(worst < 1, $"{name} errs by {worst} at {at:R}");
        MathematicsDocument.Check(name, worst, count);
    }
}
