namespace Nonsmooth.Solutions.Tests.Catalogue;

public sealed class StandardSolutionsTests
{
    public static TheoryData<int, string> Rows
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < StandardSolutions.Rows.Count; i++)
            {
                data.Add(i, StandardSolutions.Rows[i].ToString());
            }

            return data;
        }
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryMapKeepsItsContract(int row, string name)
    {
        Assert.NotEmpty(name);
        for (ulong seed = 0; seed < 5; seed++)
        {
            SolutionMapChecker.Check(StandardSolutions.Rows[row], seed);
        }
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Rows))]
    public void DerivativesAgreeWithDifferencesOfSolves(int row, string name)
    {
        var drawn = Enumerable.Range(0, Trials.Count(100))
            .Select(seed => (Seed: seed, At: SolutionMapChecker.Derivatives(StandardSolutions.Rows[row], (ulong)seed))).ToArray();
        var worst = drawn.Where(d => !d.At.NearKink).MaxBy(d => d.At.Relative);
        Console.WriteLine(
            $"{name}: worst {worst.At.Relative:G3} (seed {worst.Seed}), identity {drawn.Max(d => d.At.Identity):G3}, {drawn.Count(d => d.At.NearKink)} of {drawn.Length} near a kink");
        Assert.True(worst.At.Relative <= 1e-6, $"{name}, seed {worst.Seed}: {worst.At}");
        Assert.True(drawn.Max(d => d.At.Identity) <= 1e-10, name);
        Assert.True(drawn.Count(d => d.At.NearKink) <= drawn.Length / 50);
    }
}
