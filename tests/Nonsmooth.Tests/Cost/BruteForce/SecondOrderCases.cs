namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>Programs that hold a gradient themselves, and names that look like a derivative's.</summary>
internal static class SecondOrderCases
{
    public static IEnumerable<CountedCase> All()
    {
        var layers = Program.Trace(
            (x, w) => Square(Tanh(Linear(Softplus(Linear(x, w)), w))).Sum(), new Shape(3, 4), new Shape(4, 4));
        yield return Penalty("gradient penalty", layers, "x w");
        yield return Penalty("gradient penalty, x frozen", layers, "w");
        yield return Penalty("gradient penalty of a convolution", Program.Trace(
            (x, w) => Square(Tanh(Conv2d(x, w, null, 2, 1))).Sum(), new Shape(2, 2, 5, 5), new Shape(3, 2, 3, 3)), "x w");

        var builder = new ProgramBuilder();
        var input = builder.Input("x", new Shape(3));
        Variable y;
        using (builder.Scope("block.vjp"))
        {
            y = Sin(Exp(input));
        }

        yield return new CountedCase("a module named vjp", builder.Build([("loss", Square(y).Sum())]), ["x"]);
    }

    private static CountedCase Penalty(string name, Program program, string wanted)
    {
        var gradient = program.Backprop(new BackpropOptions { WithRespectTo = ["w"], KeepValues = false });
        var builder = new ProgramBuilder();
        var inputs = gradient.Inputs.Select(i => builder.Input(i.Name, gradient.Types[i.Value])).ToArray();
        return new CountedCase(name, builder.Build([("loss", Square(builder.Inline(gradient, inputs)[0]).Sum())]), wanted.Split(' '));
    }
}
