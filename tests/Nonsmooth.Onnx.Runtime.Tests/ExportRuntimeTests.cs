using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Onnx.Runtime.Tests;

/// <summary>Exported programs in ONNX Runtime: gradients, and kinks under selections.</summary>
[Trait("Speed", "Slow")]
public sealed class ExportRuntimeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("lenet5", 2)]
    [InlineData("resnet6-cifar", 2)]
    [InlineData("gpt:1-32-2", 1)]
    public void GradientsAreThoseOfOnnxRuntime(string name, int batch)
    {
        var gradient = Models.Find(name).Build(batch).Gradient();
        var inputs = gradient.Inputs.Select((input, i) => (input.Name, Value: Draw(gradient.Types[input.Value], (ulong)i))).ToDictionary(p => p.Name, p => p.Value);
        var ours = TorchSide.Run(gradient, inputs, Precision.Float64);
        foreach (int opset in (int[])[17, 21])
        {
            var model = OnnxExport.Export(gradient, new OnnxExportOptions { Opset = opset });
            using var runtime = new RuntimeSide(OnnxFile.ToBytes(model));
            var theirs = runtime.Run(inputs);
            double most = 1e-5 * Math.Sqrt(RealModelTests.Depth(gradient));
            double worst = gradient.Outputs.Max(o => Values.Apart(ours[o.Name], theirs[o.Name]));
            output.WriteLine($"{name} opset {opset}: {model.Graph.Nodes.Count} nodes, {gradient.Outputs.Count} outputs, {worst:G3} apart");
            Assert.True(worst <= most, $"{worst:G3} apart, and {most:G3} is allowed");
        }

        var again = OnnxImport.Import(OnnxFile.Parse(OnnxFile.ToBytes(OnnxExport.Export(gradient)))).Program;
        output.WriteLine($"{name}: read again, {Structure.Difference(gradient, again) ?? "the same"}");
        var read = TorchSide.Run(again, inputs, Precision.Float64);
        Assert.All(gradient.Outputs, o => Assert.True(Values.Apart(ours[o.Name], read[o.Name]) <= 1e-6, o.Name));
    }

    /// <summary>The gradient of what was read, at kinks exactly, is the gradient of what was written, under selections that differ there.</summary>
    [Fact]
    public void SelectionsSurvive()
    {
        (string Name, Func<Variable, Variable> Function, double[] At)[] kinks =
        [
            ("relu6", Functions.Relu6, [0, 6]), ("hardtanh", Functions.Hardtanh, [-1, 1]), ("clamp", x => Functions.Clamp(x, -1, 1), [-1, 1]), ("clamp of relu6's bounds", x => Functions.Clamp(x, 0, 6), [0, 6]),
            ("relu", Functions.Relu, [0]), ("abs", Functions.Abs, [0]), ("hardsigmoid", Functions.Hardsigmoid, [-3, 3]), ("hardswish", Functions.Hardswish, [-3, 3]), ("leaky_relu", x => Functions.LeakyRelu(x, 0.1), [0]),
        ];
        foreach (var (name, function, at) in kinks)
        {
            var program = Program.Trace([("x", (TensorType)new Shape(at.Length), InputRole.Data)], v => [("loss", function(v[0]).Sum())]);
            var read = OnnxImport.Import(OnnxFile.Parse(OnnxFile.ToBytes(OnnxExport.Export(program)))).Program;
            foreach (var selection in (Selection[])[Selection.Default, Selection.Jax, Selection.TensorFlow])
            {
                double[] Slopes(Program p) => TorchSide.Run(p.Backprop("x", selection), new Dictionary<string, Values> { ["x"] = new(at, new Shape(at.Length)) }, Precision.Float64)["grad.x"];
                double[] slopes = Slopes(program);
                output.WriteLine($"{name}: {string.Join(", ", slopes)}");
                Assert.Equal(slopes, Slopes(read));
            }
        }
    }

    private static Values Draw(TensorType type, ulong stream) => type.Shape.Rank == 1 && type.Kind == ElementKind.Real ? Values.Draw(type, stream, 0.5, 1.5) : Values.Draw(type, stream, -0.5, 0.5);
}
