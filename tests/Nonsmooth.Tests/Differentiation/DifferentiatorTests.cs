namespace Nonsmooth.Tests.Differentiation;

public sealed class DifferentiatorTests
{
    [Fact]
    public void HessianVectorProductsAreTheJvpOfBackprop()
    {
        // f = Σ sin(x)·x², H diagonal: f'' = 2 sin x + 4x cos x − x² sin x.
        var program = Program.Trace(x => (Sin(x) * Square(x)).Sum(), new Shape(3));
        var hessian = program.Backprop(new BackpropOptions { KeepValues = false }).Forprop(new ForpropOptions { KeepValues = false });
        double[] at = [0.3, -1.2, 2.0];
        double[] direction = [1, 0.5, -2];
        var product = ((Tensor<double>)Interpreter.Run<Float64>(hessian, at, direction)[0]).Elements;
        for (int i = 0; i < 3; i++)
        {
            double second = (2 * Math.Sin(at[i])) + (4 * at[i] * Math.Cos(at[i])) - (at[i] * at[i] * Math.Sin(at[i]));
            Assert.Equal(second * direction[i], product[i], 12);
        }
    }

    [Fact]
    public void SeedsAndDirectionsAreIndependent()
    {
        var program = Program.Trace(x => Exp(x), new Shape(2));
        var back = program.Backprop(new BackpropOptions { Seeds = 2, KeepValues = false });
        Assert.Equal(["x", "seed.value.0", "seed.value.1"], back.Inputs.Select(i => i.Name));
        Assert.Equal(["grad.x.0", "grad.x.1"], back.Outputs.Select(o => o.Name));
        var results = Interpreter.Run<Float64>(back, new[] { 0.0, 1 }, new[] { 1.0, 0 }, new[] { 0.0, 2 });
        Assert.Equal([1, 0], ((Tensor<double>)results[0]).Elements);
        Assert.Equal([0, 2 * Math.E], ((Tensor<double>)results[1]).Elements);
        var fore = program.Forprop(new ForpropOptions { Directions = 2, KeepValues = false });
        Assert.Equal(["x", "tangent.x.0", "tangent.x.1"], fore.Inputs.Select(i => i.Name));
    }

    [Fact]
    public void OneScalarMayBeSeededByAnInput()
    {
        var program = Program.Trace(x => Square(x).Sum(), new Shape(2));
        var gradient = program.Backprop(new BackpropOptions { SeedInput = true, KeepValues = false });
        Assert.Equal(["x", "seed.value"], gradient.Inputs.Select(i => i.Name));
        Assert.Equal([8, 24], ((Tensor<double>)Interpreter.Run<Float64>(gradient, new[] { 1.0, 3 }, new[] { 4.0 })[0]).Elements);
    }

    [Fact]
    public void OutputsThatAreNotDifferentiatedAreComputedBesideTheOthers()
    {
        var program = Program.Trace([("x", TensorType.Real(new Shape(2)))], static v => [("loss", Square(v[0]).Sum()), ("sine", Sin(v[0]))]);
        var gradient = program.Backprop(new BackpropOptions { Of = ["loss"] });
        Assert.Equal(["x"], gradient.Inputs.Select(i => i.Name));
        Assert.Equal(["loss", "sine", "grad.x"], gradient.Outputs.Select(o => o.Name));
        Assert.DoesNotContain(gradient.Nodes, n => n.Name.StartsWith("sin.vjp", StringComparison.Ordinal));
        Assert.Equal([2, 6], ((Tensor<double>)Interpreter.Run<Float64>(gradient, new[] { 1.0, 3 })[2]).Elements);
        var error = Assert.Throws<NonsmoothException>(() => program.Backprop(new BackpropOptions { Of = ["cosine"] }));
        Assert.Equal("no real output 'cosine' to differentiate: the program has loss, sine", error.Message);
    }

    [Fact]
    public void InactiveInputsCostNothing()
    {
        var program = Program.Trace((x, w) => MatMul(Exp(x), w).Sum(), new Shape(2, 3), new Shape(3, 4));
        var derived = program.Backprop("w");
        Assert.DoesNotContain(derived.Nodes, n => n.Name.StartsWith("exp.vjp", StringComparison.Ordinal));
        Assert.Single(derived.Nodes, n => n.Function is MatMul && n.Name.Contains("vjp", StringComparison.Ordinal));
    }

    [Fact]
    public void AnInputThatDoesNotMatterGetsZeros()
    {
        var program = Program.Trace((x, y) => Square(x) + Floor(y), Shape.Scalar, Shape.Scalar);
        var gradient = Interpreter.Run<Float64>(program.Backprop(new BackpropOptions { KeepValues = false }), new[] { 3.0 }, new[] { 0.5 });
        Assert.Equal(6, ((Tensor<double>)gradient[0])[0]);
        Assert.Equal(0, ((Tensor<double>)gradient[1])[0]);
    }

    [Fact]
    public void AnUnknownInputIsNamedWithThoseThereAre()
    {
        var program = Program.Trace(x => Relu(x), Shape.Scalar);
        var error = Assert.Throws<NonsmoothException>(() => program.Backprop("weights"));
        Assert.Equal("no input 'weights': the program's inputs are x", error.Message);
    }

    [Fact]
    public void AnIndexCannotBeDifferentiated()
    {
        var program = Program.Trace((x, t) => CrossEntropy(x, t), new Shape(2, 3), TensorType.Index(new Shape(2)));
        Assert.Contains("only reals", Assert.Throws<NonsmoothException>(() => program.Backprop("t")).Message, StringComparison.Ordinal);
    }
}
