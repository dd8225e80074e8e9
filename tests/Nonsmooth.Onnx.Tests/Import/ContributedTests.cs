using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Tests.Import;

/// <summary>Operators that ONNX Runtime's optimizer writes, against the chains of ONNX's own that they stand for.</summary>
public sealed class ContributedTests
{
    private static OnnxNode Fused(string op, string[] inputs, string[] outputs, params OnnxAttribute[] attributes) => Small.Node(op, inputs, outputs, attributes) with { Domain = "com.microsoft" };

    private static OnnxTensor Number(string name, float value) => OnnxTensor.Of(name, Tensor.Of(Shape.Scalar, [value]));

    [Fact]
    public void BiasGeluIsASumAndGelu() => Same(
        [("x", [2, 3]), ("b", [3])], [],
        [Fused("BiasGelu", ["x", "b"], ["y"])],
        [Small.Node("Add", ["x", "b"], ["s"]), Small.Node("Gelu", ["s"], ["y"])]);

    [Fact]
    public void FastGeluIsGeluByTanh() => Same(
        [("x", [2, 3]), ("b", [3])], [],
        [Fused("FastGelu", ["x", "b"], ["y"])],
        [Small.Node("Add", ["x", "b"], ["s"]), Small.Node("Gelu", ["s"], ["y"], OnnxAttribute.Of("approximate", "tanh"))]);

    [Fact]
    public void QuickGeluIsASigmoid() => Same(
        [("x", [2, 3])], [Number("c", 1.702f)],
        [Fused("QuickGelu", ["x"], ["y"])],
        [Small.Node("Mul", ["x", "c"], ["t"]), Small.Node("Sigmoid", ["t"], ["s"]), Small.Node("Mul", ["x", "s"], ["y"])]);

    [Fact]
    public void FusedMatMulTransposesAndScales() => Same(
        [("a", [4, 2]), ("b", [3, 4])], [Number("c", 0.5f)],
        [Fused("FusedMatMul", ["a", "b"], ["y"], OnnxAttribute.Of("transA", 1), OnnxAttribute.Of("transB", 1), OnnxAttribute.Of("alpha", 0.5f))],
        [Small.Node("Transpose", ["a"], ["at"]), Small.Node("Transpose", ["b"], ["bt"]), Small.Node("MatMul", ["at", "bt"], ["m"]), Small.Node("Mul", ["m", "c"], ["y"])]);

    [Fact]
    public void FusedConvIsAConvolutionAndItsActivation() => Same(
        [("x", [1, 2, 4, 4]), ("w", [3, 2, 3, 3]), ("b", [3])], [],
        [Fused("FusedConv", ["x", "w", "b"], ["y"], OnnxAttribute.Of("activation", "Relu"), OnnxAttribute.Of("pads", [1L, 1, 1, 1]))],
        [Small.Node("Conv", ["x", "w", "b"], ["c"], OnnxAttribute.Of("pads", [1L, 1, 1, 1])), Small.Node("Relu", ["c"], ["y"])]);

    [Fact]
    public void SkipLayerNormalizationIsASumAndLayerNorm() => Same(
        [("x", [2, 3, 4]), ("s", [2, 3, 4]), ("g", [4]), ("b", [4]), ("o", [4])], [],
        [Fused("SkipLayerNormalization", ["x", "s", "g", "b", "o"], ["y"], OnnxAttribute.Of("epsilon", 1e-5f))],
        [Small.Node("Add", ["x", "s"], ["t"]), Small.Node("Add", ["t", "o"], ["u"]), Small.Node("LayerNormalization", ["u", "g", "b"], ["y"])]);

    [Fact]
    public void SkipSimplifiedLayerNormalizationGivesTheSumToo() => Same(
        [("x", [2, 3, 4]), ("s", [2, 3, 4]), ("g", [4])], [],
        [Fused("SkipSimplifiedLayerNormalization", ["x", "s", "g"], ["n", "", "", "t"], OnnxAttribute.Of("epsilon", 1e-5f)), Small.Node("Add", ["n", "t"], ["y"])],
        [Small.Node("Add", ["x", "s"], ["t"]), Small.Node("RMSNormalization", ["t", "g"], ["n"]), Small.Node("Add", ["n", "t"], ["y"])]);

    [Fact]
    public void MultiHeadAttentionIsAttentionOverHeads() => Same(
        [("q", [2, 3, 8]), ("k", [2, 5, 8]), ("v", [2, 5, 8])], [],
        [Fused("MultiHeadAttention", ["q", "k", "v"], ["y"], OnnxAttribute.Of("num_heads", 2))],
        [Small.Node("Attention", ["q", "k", "v"], ["y"], OnnxAttribute.Of("q_num_heads", 2), OnnxAttribute.Of("kv_num_heads", 2))]);

    [Fact]
    public void AttentionProjectsByOneMatrix() => Same(
        [("x", [2, 3, 8]), ("w", [8, 24]), ("b", [24])], [],
        [Fused("Attention", ["x", "w", "b"], ["y"], OnnxAttribute.Of("num_heads", 2), OnnxAttribute.Of("unidirectional", 1))],
        [
            Small.Node("MatMul", ["x", "w"], ["m"]), Small.Node("Add", ["m", "b"], ["all"]), Small.Node("Split", ["all"], ["q", "k", "v"], OnnxAttribute.Of("axis", 2), OnnxAttribute.Of("num_outputs", 3)),
            Small.Node("Attention", ["q", "k", "v"], ["y"], OnnxAttribute.Of("q_num_heads", 2), OnnxAttribute.Of("kv_num_heads", 2), OnnxAttribute.Of("is_causal", 1)),
        ]);

    [Fact]
    public void BlockQuantisedWeightsAreRefusedWithAMend()
    {
        var model = Model([("x", [2, 4])], [], [Fused("MatMulNBits", ["x", "x", "x"], ["y"])]);
        Assert.Contains("before quantisation", Assert.Throws<OnnxUnsupportedException>(() => OnnxImport.Import(model)).Message, StringComparison.Ordinal);
    }

    private static OnnxModel Model((string Name, long[] Shape)[] inputs, OnnxTensor[] numbers, OnnxNode[] nodes)
    {
        var model = Small.Of(nodes, [], ["y"], numbers, 23);
        return model with { Opsets = [new("", 23), new("com.microsoft", 1)], Graph = model.Graph with { Inputs = [.. inputs.Select(i => Small.Value(i.Name, i.Shape))] } };
    }

    private static void Same((string Name, long[] Shape)[] inputs, OnnxTensor[] numbers, OnnxNode[] fused, OnnxNode[] chain)
    {
        var (one, other) = (OnnxImport.Import(Model(inputs, numbers, fused)).Program, OnnxImport.Import(Model(inputs, numbers, chain)).Program);
        Array[] point = [.. one.Inputs.Select((input, i) =>
        {
            var random = new CounterRandom(8).Derive((ulong)i).Sequence();
            var values = new double[one.Types[input.Value].Shape.Elements];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = (4 * random.NextDouble()) - 2;
            }

            return (Array)values;
        })];
        var expected = (Tensor<double>)Interpreter.Run<Float64>(other, point)[0];
        var actual = (Tensor<double>)Interpreter.Run<Float64>(one, point)[0];
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.Elements.Zip(actual.Elements), p => Assert.Equal(p.First, p.Second, 1e-6));
    }
}
