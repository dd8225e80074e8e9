namespace Nonsmooth.Tests.Differentiation;

/// <summary>Derivatives of derivatives: programs like any other, with handles for what they take and give.</summary>
public sealed class SecondDerivativeTests
{
    private const double Step = 1e-5;
    private static readonly double[] _at = [0.3, -1.2, 0.7];

    private static readonly Program _scalar = Program.Trace(x => (Sin(x) * Exp(x)).Sum(), new Shape(3));

    [Fact]
    public void ASecondBackpropIsTheHessian()
    {
        var gradient = _scalar.Backprop("x");
        var second = gradient.Backprop("x");
        Assert.Equal(["value", "grad.x", "grad.x_2"], second.Outputs.Select(o => o.Name));
        Assert.Equal("grad.x_2", second.Gradient("x").Name);
        Assert.Equal(["seed.value", "seed.grad.x"], new[] { second.Seed("value"), second.Seed("grad.x") }.Select(s => s.Name));
        double[] u = [1, 0.5, -2];
        double[] product = Run(second, second.Gradient("x"), _at, [0], u);
        for (int i = 0; i < 3; i++)
        {
            double[] difference = Difference(at => Run(gradient, gradient.Gradient("x"), at), i);
            Assert.Equal(difference.Zip(u, (h, w) => h * w).Sum(), product[i], 7);
        }
    }

    [Fact]
    public void AThirdIsTheDerivativeOfThat()
    {
        // With one variable every derivative is a number: sin(x)·eˣ again and again.
        var program = Program.Trace(x => Sin(x) * Exp(x), Shape.Scalar);
        var names = new BackpropOptions { WithRespectTo = ["x"], KeepValues = false };
        var first = program.Backprop(names);
        var second = first.Backprop(names);
        var third = second.Backprop(names);
        const double x = 0.4;
        Assert.Equal(Math.Exp(x) * (Math.Cos(x) + Math.Sin(x)), Run(first, first.Gradient("x"), [x])[0], 12);
        Assert.Equal(2 * Math.Exp(x) * Math.Cos(x), Run(second, second.Gradient("x"), [x])[0], 12);
        Assert.Equal(2 * Math.Exp(x) * (Math.Cos(x) - Math.Sin(x)), Run(third, third.Gradient("x"), [x])[0], 12);
        var kept = program.Backprop("x").Backprop("x").Backprop("x");
        Assert.Equal(kept.Outputs.Count, kept.Outputs.Select(o => o.Name).Distinct().Count());
        Assert.Equal(kept.Inputs.Count, kept.Inputs.Select(i => i.Name).Distinct().Count());
    }

    [Fact]
    public void SeedsOfAVectorAreInputsOfTheSecondToo()
    {
        var vector = Program.Trace(x => Sin(x) * Exp(x), new Shape(3));
        var gradient = vector.Backprop(new BackpropOptions { WithRespectTo = ["x"], Seeds = 2 });
        Assert.Equal("seed.value.1", gradient.Seed("value", 1).Name);
        var second = gradient.Backprop(new BackpropOptions { WithRespectTo = ["x"], Of = [gradient.Gradient("x", 1).Name], KeepValues = false });
        double[] s = [2, -1, 3];
        double[] u = [1, 1, 1];
        double[] product = Run(second, second.Gradient("x"), _at, [9, 9, 9], s, u);
        for (int i = 0; i < 3; i++)
        {
            double[] difference = Difference(at => Run(gradient, gradient.Gradient("x", 1), at, [9, 9, 9], s), i);
            Assert.Equal(difference.Sum(), product[i], 6);
        }

        var taken = vector.Backprop("x").Backprop("x");
        Assert.Equal(["x", "seed.value", "seed.value_2", "seed.grad.x"], taken.Inputs.Select(i => i.Name));
        Assert.Equal("seed.value_2", taken.Seed("value").Name);
    }

    [Fact]
    public void ForpropOfBackpropAndBackpropOfForpropAreOneNumber()
    {
        double[] v = [0.2, -1, 0.5];
        double[] w = [1, 2, -1];
        var over = _scalar.Backprop("x").Forprop(new ForpropOptions { WithRespectTo = ["x"] });
        double[] hv = Run(over, over.Jvp("grad.x"), _at, v);
        var along = _scalar.Forprop(new ForpropOptions { WithRespectTo = ["x"] });
        Assert.Equal("tangent.x", along.Tangent("x").Name);
        var back = along.Backprop(new BackpropOptions { WithRespectTo = ["x"], Of = [along.Jvp("value").Name] });
        double[] vh = Run(back, back.Gradient("x"), _at, v);
        var twice = along.Forprop(new ForpropOptions { WithRespectTo = ["x"] });
        Assert.Equal(["x", "tangent.x", "tangent.x_2"], twice.Inputs.Select(i => i.Name));
        double form = Run(twice, twice.Jvp("jvp.value"), _at, v, w)[0];
        Assert.Equal(hv.Zip(w, (a, b) => a * b).Sum(), form, 12);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(hv[i], vh[i], 12);
            double expected = Difference(at => [Run(along, along.Jvp("value"), at, v)[0]], i)[0];
            Assert.Equal(expected, hv[i], 6);
        }
    }

    [Fact]
    public void AHandleThatDoesNotExistSaysWhatDoes()
    {
        var gradient = _scalar.Backprop("x");
        Assert.Equal(
            "no gradient in 'w' for seed 0: backprop was asked for x and 1 seeds",
            Assert.Throws<NonsmoothException>(() => gradient.Gradient("w")).Message);
        Assert.Equal(
            "output 'value' has no seed 0: the seeded outputs are none (a scalar is seeded with 1)",
            Assert.Throws<NonsmoothException>(() => gradient.Seed("value")).Message);
        var along = _scalar.Forprop(new ForpropOptions());
        Assert.Equal("no tangent 1 of 'x': forprop was asked for x", Assert.Throws<NonsmoothException>(() => along.Tangent("x", 1)).Message);
        Assert.Equal("no tangent 0 of output 'loss': the real outputs are value", Assert.Throws<NonsmoothException>(() => along.Jvp("loss")).Message);
    }

    // Central differences of a vector in one coordinate: entry j of what is returned is that of output j.
    private static double[] Difference(Func<double[], double[]> function, int coordinate)
    {
        double[] above = [.. _at];
        double[] below = [.. _at];
        above[coordinate] += Step;
        below[coordinate] -= Step;
        return [.. function(above).Zip(function(below), (a, b) => (a - b) / (2 * Step))];
    }

    private static double[] Run(Program program, NamedValue output, params double[][] inputs)
    {
        Array[] given = [.. inputs.Select((values, i) => values.Length == program.Types[program.Inputs[i].Value].Shape.Elements
            ? values : throw new InvalidOperationException($"{program.Inputs[i].Name} takes {program.Types[program.Inputs[i].Value]}"))];
        int position = program.Outputs.ToList().IndexOf(output);
        return ((Tensor<double>)Interpreter.Run<Float64>(program, given)[position]).Elements;
    }
}
