using CsCheck;
using Nonsmooth.Compiled;
using Nonsmooth.Testing;

namespace Nonsmooth.Tests.Compiled;

/// <summary>Compiled programs have the interpreter's bits.</summary>
public sealed class CompiledBitsTests
{
    private static readonly int _programs = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 100_000 : 150;

    public static TheoryData<int, string> Rows => Nonsmooth.Tests.Dictionary.StandardDictionaryTests.Rows;

    [Trait("Speed", "Slow")]
    [Fact]
    public void RandomProgramsAndTheirGradients()
    {
        var trial =
            from program in RandomPrograms.Gen
            from seed in Gen.Int[0, 1 << 20]
            select (program, seed);
        trial.Sample(
            t =>
            {
                Program gradient = t.program.Backprop(new BackpropOptions());
                var random = new Random(t.seed);
                Array[] usual = [.. gradient.Inputs.Select(_ => (Array)new[] { (4 * random.NextDouble()) - 2 })];
                Array[] odd = [.. gradient.Inputs.Select((i, k) => SameBits.Degenerate(gradient.Types[i.Value], t.seed + (k * (t.seed % 7))))];
                foreach (var inputs in new[] { usual, odd })
                {
                    Assert.Null(SameBits.Difference(gradient, inputs));
                    Assert.Null(SameBits.Difference(gradient, inputs, new CompileOptions { Mode = CompileMode.Tape }));
                    Assert.Null(SameBits.Difference(gradient, inputs, new CompileOptions { Chunk = 7 }));
                }
            },
            iter: _programs,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryFunction(int row, string name)
    {
        Assert.NotEmpty(name);
        var program = Examples.Program(StandardDictionary.Rows[row]);
        var arguments = StandardDictionary.Rows[row].Arguments;
        foreach (var options in new[] { CompileOptions.Default, new CompileOptions { LeastLooped = 1 }, new CompileOptions { Mode = CompileMode.Tape } })
        {
            for (int seed = 0; seed < 3; seed++)
            {
                Assert.Null(SameBits.Difference(program, Examples.Draw(StandardDictionary.Rows[row], seed), options));
                if (!arguments.Any(a => a.Function is not null))
                {
                    Assert.Null(SameBits.Difference(program, [.. arguments.Select((a, k) => Odd(a, seed, k))], options));
                }
            }
        }
    }

    // A function of indices keeps those that fit.
    private static Array Odd(ExampleArgument argument, int seed, int place) => argument.Type.Kind == ElementKind.Index
        ? Enumerable.Range(0, argument.Type.Shape.Elements).Select(i => (long)(argument.Low + ((seed + i) % (argument.High - argument.Low)))).ToArray()
        : SameBits.Degenerate(argument.Type, (seed * 5) + (place * 7));
}
