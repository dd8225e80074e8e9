namespace Nonsmooth.Tests.Programs;

public sealed class ProgramTests
{
    [Fact]
    public void TheListingNamesInputsNodesAndTypes()
    {
        var program = Program.Trace((x, w) => Relu(MatMul(x, w)).Sum(), new Shape(128, 784), new Shape(784, 10));
        Assert.Equal(
            """
            program (x: real 128×784, w: real 784×10)
              matmul = matmul(x, w) : real 128×10
              relu = relu(matmul) : real 128×10
              sum = sum[axes=[0, 1]](relu) : real scalar
              return value = sum

            """.ReplaceLineEndings("\n"),
            program.ToString());
    }

    [Fact]
    public void TheGradientIsAListingToo()
    {
        var program = Program.Trace((x, w) => Relu(MatMul(x, w)).Sum(), new Shape(2, 3), new Shape(3, 4));
        Assert.Equal(
            """
            program (x: real 2×3, w: real 3×4)
              matmul = matmul(x, w) : real 2×4
              relu = relu(matmul) : real 2×4
              sum = sum[axes=[0, 1]](relu) : real scalar
              fill = fill[1]() : real scalar
              sum.vjp.reshape = reshape[1×1](fill) : real 1×1
              sum.vjp.broadcast = broadcast[2×4](sum.vjp.reshape) : real 2×4
              relu.vjp.gate = gate[0 below 0, 0.5 at it, 1 above](matmul, sum.vjp.broadcast) : real 2×4
              matmul.vjp.matmul = matmul[left transposed](x, relu.vjp.gate) : real 3×4
              return value = sum, grad.w = matmul.vjp.matmul

            """.ReplaceLineEndings("\n"),
            program.Backprop("w", Selection.Default with { ReluAtZero = 0.5 }).ToString());
    }

    [Fact]
    public void EqualApplicationsAreMadeOnce()
    {
        var program = Program.Trace(x => Exp(x) + Exp(x), Shape.Scalar);
        Assert.Equal(2, program.Nodes.Count);
    }

    [Fact]
    public void AShapeMismatchThreeModulesDeepNamesThem()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(2, 3));
        var w = builder.Input("w", new Shape(4, 5));
        using var encoder = builder.Scope("encoder");
        using var layer = builder.Scope("layer.2");
        using var attention = builder.Scope("attention");
        var error = Assert.Throws<ShapeException>(() => Linear(x, w));
        Assert.Equal(
            "encoder.layer.2.attention.linear: argument 1, the weight, is 4×5: its last axis must be that of argument 0, 2×3",
            error.Message);
    }

    [Fact]
    public void InliningKeepsNamesInsideTheScope()
    {
        var inner = Program.Trace(x => Relu(x * 2.0), new Shape(3));
        var builder = new ProgramBuilder();
        var y = builder.Input("y", new Shape(3));
        using (builder.Scope("block"))
        {
            y = builder.Inline(inner, y)[0];
        }

        var program = builder.Build([("out", y)]);
        Assert.Equal(["block.scale", "block.relu"], program.Nodes.Select(n => n.Name));
    }

    [Fact]
    public void InliningChecksTypes()
    {
        var inner = Program.Trace(x => Relu(x), new Shape(3));
        var builder = new ProgramBuilder();
        var y = builder.Input("y", new Shape(4));
        Assert.Equal(
            "x: the program takes real 3, the argument y is real 4",
            Assert.Throws<ShapeException>(() => builder.Inline(inner, y)).Message);
    }

    [Fact]
    public void VariablesOfTwoProgramsDoNotMix()
    {
        var a = new ProgramBuilder().Input("a", Shape.Scalar);
        var b = new ProgramBuilder().Input("b", Shape.Scalar);
        Assert.Contains("belongs to another program", Assert.Throws<NonsmoothException>(() => a + b).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FlatteningKeepsValueAndCost()
    {
        var program = Program.Trace((x, t) => CrossEntropy(x, t), new Shape(4, 3), TensorType.Index(new Shape(4)));
        var flat = program.Flatten();
        Assert.DoesNotContain(flat.Nodes, n => n.Function is CompositeFunction);
        Assert.Equal(program.Count(), flat.Count());
        var x = Enumerable.Range(0, 12).Select(i => Math.Sin(i)).ToArray();
        long[] t = [0, 2, 1, 1];
        Assert.Equal(
            ((Tensor<double>)Interpreter.Run<Float64>(program, x, t)[0])[0],
            ((Tensor<double>)Interpreter.Run<Float64>(flat, x, t)[0])[0]);
        Assert.Contains(flat.Nodes, n => n.Name == "cross_entropy.log_softmax");
    }

    [Fact]
    public void SeveralOutputsAreNamed()
    {
        var program = Program.Trace([("x", new Shape(2))], v => [("double", v[0] * 2.0), ("half", v[0] / 2.0)]);
        Assert.Equal(["double", "half"], program.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void ManyFunctionsOfOneValueAreSharedToo()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", Shape.Scalar);
        Variable[] first = [.. Enumerable.Range(1, 20_000).Select(i => Add(x, i))];
        Assert.All(first, (y, i) => Assert.Same(y, Add(x, i + 1)));
        Assert.Equal(20_000, builder.Build([("y", x)]).Nodes.Count);
    }
}
