using Nonsmooth.Mathematics;

namespace Nonsmooth.Tests.Mathematics;

public sealed class SingleTests
{
    public static TheoryData<string> Names => [.. Subjects.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void IsTheDoubleRounded(string name)
    {
        var subject = Subjects.All.Single(s => s.Name == name);
        (double worst, int count) = (0, 0);
        foreach (double wide in Subjects.Arguments(subject, 3000, 9))
        {
            float x = (float)wide;
            if (x > subject.Low && x < subject.High && float.IsFinite(subject.Single(x)))
            {
                double ulps = subject.Exact(x).UlpsFrom(subject.Single(x), 24, -149);
                Assert.True(ulps <= 0.5000001, $"{name} at {x:R}");
                (worst, count) = (Math.Max(worst, ulps), count + 1);
            }
        }

        MathematicsDocument.CheckSingle(name, worst, count);
    }

    [Fact]
    public void SpansHaveTheBitsOfSingles()
    {
        float[] x = [.. Enumerable.Range(0, 1003).Select(i => (i - 500) * 0.037f)];
        float[] y = new float[x.Length];
        Transcendental.Erfc(x, y);
        Assert.Equal(x.Select(Transcendental.Erfc), y);
        Transcendental.Sin(x, y);
        Assert.Equal(x.Select(Transcendental.Sin), y);
        Transcendental.Pow(x, x, y);
        Assert.Equal(x.Select(v => Transcendental.Pow(v, v)), y);
    }
}
