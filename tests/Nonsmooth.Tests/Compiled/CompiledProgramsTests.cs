using Nonsmooth.Compiled;

namespace Nonsmooth.Tests.Compiled;

public sealed class CompiledProgramsTests
{
    [Fact]
    public void EveryRunHasTheBitsOfTheFirst()
    {
        var program = Program.Trace(x => Sin(Relu(Multiply(x, x).Sum())), new Shape(5));
        for (int run = 0; run < 2020; run++)
        {
            double[] x = [run, -0.0, 0.1 * run, -run, 1e-3];
            Assert.Null(SameBits.Difference<Float64>(program, i => CompiledPrograms.Run(program, i), [x]));
        }
    }

    [Fact]
    public void ErrorsNameThisProgramsNodesThoughAnotherOfItsStructureWasCompiled()
    {
        foreach (string name in new[] { "first", "second" })
        {
            var builder = new ProgramBuilder();
            var (table, index) = (builder.Input("table", new Shape(3)), builder.Input("index", TensorType.Index(new Shape(2))));
            var gathered = builder.ApplyAs(name, new Gather(0), table, index)[0];
            var program = builder.Build([("y", gathered)]);
            for (int run = 0; run < 4; run++)
            {
                _ = CompiledPrograms.Run(program, new double[3], new long[] { 0, 2 });
            }

            var error = Assert.Throws<NonsmoothException>(() => CompiledPrograms.Run(program, new double[3], new long[] { 0, 3 }));
            Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void InputsThatDoNotFitAreRefusedInEveryRun()
    {
        var program = Program.Trace(Sin, new Shape(2));
        for (int run = 0; run < 4; run++)
        {
            Assert.Contains("give 2 elements", Assert.Throws<NonsmoothException>(() => CompiledPrograms.Run(program, new double[3])).Message, StringComparison.Ordinal);
            Assert.Contains("takes 1 inputs", Assert.Throws<NonsmoothException>(() => CompiledPrograms.Run(program)).Message, StringComparison.Ordinal);
            _ = CompiledPrograms.Run(program, new double[2]);
        }
    }

    [Fact]
    public void OnRequestEverythingIsInterpreted()
    {
        var program = Program.Trace(x => Exp(x), new Shape(2));
        using (CompiledPrograms.Interpreting())
        {
            for (int run = 0; run < 4; run++)
            {
                Assert.Equal(1, ((Tensor<double>)CompiledPrograms.Run(program, new double[2])[0])[0]);
            }
        }
    }
}
