using Nonsmooth.Reliability.Traps;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Traps;

/// <summary>The lint on real programs: networks that train have no traps.</summary>
public class NetworkTrapsTests
{
    public static TheoryData<string> Names => [.. Models.All.Select(row => row.Name)];

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Names))]
    public void No_network_has_a_trap(string name)
    {
        var program = Models.Find(name).Build(2);
        Assert.All(
            new[] { program.Loss, program.Logits, program.Evaluation },
            p => Assert.Empty(TrapLint.Of(p)));
        Assert.Empty(TrapLint.Of(program.Loss, new TrapOptions { Format = TrapFormat.Float16 }));
    }
}
