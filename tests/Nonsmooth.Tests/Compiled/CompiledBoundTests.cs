using Nonsmooth.Compiled;

namespace Nonsmooth.Tests.Compiled;

/// <summary>Functions that decide by the numbers what they do run their own loops, in a run's own tensors.</summary>
public sealed class CompiledBoundTests
{
    [Fact]
    public void AClassifierOfPlanesAndItsGradient()
    {
        var gradient = Classifier();
        var compiled = CompiledProgram<double>.Of(gradient);
        Assert.Empty(compiled.Interpreted);
        for (int seed = 0; seed < 4; seed++)
        {
            Assert.Null(SameBits.Difference(gradient, Inputs(gradient, seed)));
        }
    }

    [Fact]
    public void ARunAllocatesNothing()
    {
        var gradient = Classifier();
        var run = CompiledProgram<float>.Of(gradient).Start();
        Array[] inputs = Inputs(gradient, 1);
        for (int i = 0; i < inputs.Length; i++)
        {
            run.Set(i, inputs[i]);
        }

        run.Execute();
        long before = GC.GetAllocatedBytesForCurrentThread();
        run.Execute();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void IndicesAreMovedAndAdded()
    {
        var program = Program.Trace(
            [("x", new Shape(5)), ("i", TensorType.Index(new Shape(2, 2))), ("j", TensorType.Index(new Shape(2)))],
            v =>
            {
                var turned = v[1].Transpose(0, 1).Reshape(new Shape(4));
                var sum = Functions.Combine(IndexOperation.Add, Slices.Range(turned, 0, 1, 2), v[2].Flip(0));
                return [("turned", turned), ("sum", sum), ("y", Functions.Gather(v[0], turned, 0).Sum()), ("largest", v[0].ArgMax())];
            });
        Assert.Empty(CompiledProgram<double>.Of(program).Interpreted);
        foreach (long[] j in new[] { new long[] { 4, 0 }, [1, 1] })
        {
            Assert.Null(SameBits.Difference(program, [new double[] { 1, 2, 3, 4, 5 }, new long[] { 0, 1, 2, 3 }, j]));
        }
    }

    [Fact]
    public void ResultsOfARunStayWhenItRunsAgain()
    {
        var run = CompiledProgram<double>.Of(Program.Trace([("x", new Shape(2))], v => [("i", v[0].ArgMax())])).Start();
        run.Set(0, new double[] { 1, 2 });
        run.Execute();
        var first = (Tensor<long>)run.Result(0);
        run.Set(0, new double[] { 2, 1 });
        run.Execute();
        Assert.Equal((1, 0), (first[0], ((Tensor<long>)run.Result(0))[0]));
    }

    [Fact]
    public void AnIndexThatDoesNotFitIsRefusedByItsNode()
    {
        var program = Program.Trace([("x", new Shape(3)), ("i", TensorType.Index(new Shape(1)))], v => [("y", Functions.Gather(v[0], v[1], 0))]);
        var error = Assert.Throws<NonsmoothException>(() => CompiledProgram<double>.Of(program).Run(new double[3], new long[] { 3 }));
        Assert.Contains("index 3 at position 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("indices that were not given", Assert.Throws<NonsmoothException>(CompiledProgram<double>.Of(program).Start().Execute).Message, StringComparison.Ordinal);
    }

    private static GradientProgram Classifier() => Program.Trace(
        [("x", new Shape(2, 2, 9, 9)), ("w", new Shape(32, 5)), ("target", TensorType.Index(new Shape(2)))],
        v =>
        {
            var pooled = Functions.MaxPool2d(Relu(v[0]), 2).Reshape(new Shape(2, 32));
            var (sorted, _) = pooled.Sort(1);
            return [("loss", Functions.CrossEntropy(Functions.MatMul(sorted, v[1]), v[2], 0.1))];
        }).Backprop(new BackpropOptions { WithRespectTo = ["x", "w"] });

    private static Array[] Inputs(Program program, int seed)
    {
        var random = new Random(seed);
        return [.. program.Inputs.Select(i => program.Types[i.Value] is { Kind: ElementKind.Index } t
            ? (Array)Enumerable.Range(0, t.Shape.Elements).Select(k => (long)((seed + k) % 5)).ToArray()
            : Enumerable.Range(0, program.Types[i.Value].Shape.Elements).Select(_ => Math.Round(8 * random.NextDouble()) - 4).ToArray())];
    }
}
