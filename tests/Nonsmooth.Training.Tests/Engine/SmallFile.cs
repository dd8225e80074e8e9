using Nonsmooth.Onnx.Files;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>A model file of one linear layer.</summary>
internal static class SmallFile
{
    /// <summary>Writes it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="classes">How many numbers it makes of an example.</param>
    /// <param name="example">The axes of one.</param>
    /// <returns>Its path.</returns>
    public static string Write(TemporaryFolder folder, int classes, params int[] example)
    {
        int inputs = example.Aggregate(1, (a, b) => a * b);
        return Write(
            folder, classes, inputs, [.. example.Select(s => new OnnxDim(s))],
            new OnnxNode { Name = "flatten", Op = "Flatten", Inputs = ["input"], Outputs = ["flat"], Attributes = [OnnxAttribute.Of("axis", 1L)] });
    }

    /// <summary>Writes one of gray images whose side it leaves open: classes of their largest pixel.</summary>
    public static string WriteOfAnySide(TemporaryFolder folder, int classes) => Write(
        folder, classes, 1, [new OnnxDim(1), new OnnxDim(null, "side"), new OnnxDim(null, "side")],
        new OnnxNode { Name = "largest", Op = "ReduceMax", Inputs = ["input"], Outputs = ["flat"], Attributes = [OnnxAttribute.Of("axes", (long[])[2, 3]), OnnxAttribute.Of("keepdims", 0L)] });

    private static string Write(TemporaryFolder folder, int classes, int inputs, OnnxDim[] example, OnnxNode first)
    {
        var random = new CounterRandom(5);
        float[] weight = [.. Enumerable.Range(0, classes * inputs).Select(i => ((float)random.Uniform((ulong)i) - 0.5f) / 20)];
        var batch = new OnnxDim(null, "N");
        OnnxFile.Write(
            new OnnxModel
            {
                Opsets = [new OnnxOpset("", 17)],
                Graph = new OnnxGraph
                {
                    Name = "small",
                    Inputs = [new OnnxValue("input", OnnxType.Tensor(OnnxDataType.Float, [batch, .. example]))],
                    Outputs = [new OnnxValue("scores", OnnxType.Tensor(OnnxDataType.Float, [batch, new OnnxDim(classes)]))],
                    Initializers = [OnnxTensor.Of("fc.weight", Tensor.Of(new Shape(classes, inputs), weight)), OnnxTensor.Of("fc.bias", Tensor.Of(new Shape(classes), new float[classes]))],
                    Nodes =
                    [
                        first,
                        new OnnxNode { Name = "fc", Op = "Gemm", Inputs = ["flat", "fc.weight", "fc.bias"], Outputs = ["scores"], Attributes = [OnnxAttribute.Of("transB", 1L)] },
                    ],
                },
            },
            folder.File("small.onnx"));
        return folder.File("small.onnx");
    }
}
