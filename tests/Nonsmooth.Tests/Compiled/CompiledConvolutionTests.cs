using Nonsmooth.Compiled;

namespace Nonsmooth.Tests.Compiled;

/// <summary>Convolutions and their adjoints have kernels, with the interpreter's bits at borders too.</summary>
public sealed class CompiledConvolutionTests
{
    [Fact]
    public void OfEveryForm()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 40; trial++)
        {
            int Up(int most) => random.Next(1, most + 1);
            var (groups, inner, outer, batch) = (Up(2), Up(3), Up(9), Up(2));
            Pair kernel = new(Up(3), Up(3)), stride = new(Up(2), Up(3)), dilation = new(Up(2), Up(2)), padding = new(random.Next(4), random.Next(4));
            var x = new Shape(batch, groups * inner, 5 + Up(4), 5 + Up(4));
            var w = new Shape(groups * outer, inner, kernel.Rows, kernel.Columns);
            var program = Program.Trace(
                [("x", x), ("w", w), ("b", new Shape(groups * outer))],
                v => [("y", Functions.Conv2d(v[0], v[1], trial % 3 == 0 ? null : v[2], stride, padding, dilation, groups))]);
            var gradient = program.Backprop(new BackpropOptions { WithRespectTo = ["x", "w"], SeedInput = true });
            var options = new CompileOptions { LeastLooped = 0 };
            Assert.Empty(CompiledProgram<double>.Of(gradient, options).Interpreted);
            foreach (bool odd in new[] { false, true })
            {
                Array[] inputs = [.. gradient.Inputs.Select((i, k) => odd && k != trial % 4
                    ? SameBits.Degenerate(gradient.Types[i.Value], trial + k)
                    : Enumerable.Range(0, gradient.Types[i.Value].Shape.Elements).Select(_ => (2 * random.NextDouble()) - 1).ToArray())];
                Assert.Null(SameBits.Difference(gradient, inputs, options));
            }
        }
    }
}
