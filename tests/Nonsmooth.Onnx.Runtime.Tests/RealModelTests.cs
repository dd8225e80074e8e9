using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Runtime.Tests;

/// <summary>Models of public packages: outputs and gradients against ONNX Runtime.</summary>
[Trait("Speed", "Slow")]
public sealed class RealModelTests(ITestOutputHelper output)
{
    public static TheoryData<string> Files => [.. RealModels.All.Select(m => m.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void OutputsAreThoseOfOnnxRuntime(string file)
    {
        var model = RealModels.All.First(m => m.File == file);
        string path = ModelFiles.PathOrSkip(model);
        var imported = OnnxImport.Import(OnnxFile.Read(path), model.Options);
        var inputs = Inputs(model, imported);
        double depth = Math.Sqrt(Depth(imported.Program));
        output.WriteLine($"{file}: {imported.Program.Nodes.Count} nodes, depth {depth * depth:F0}, {imported.Weights.Count(w => w.Role == InputRole.Parameter)} parameters, {imported.Weights.Count(w => w.Role == InputRole.Buffer)} buffers");
        using var runtime = new RuntimeSide(path);
        var theirs = runtime.Run(inputs);
        foreach (var precision in (Precision[])[Precision.Float32, Precision.Float64])
        {
            var ours = TorchSide.Run(imported.Program, inputs, precision);
            foreach (var result in imported.Outputs)
            {
                double apart = Values.Apart(ours[result.Name], theirs[result.Name]);
                output.WriteLine($"  {precision} {result.Name} {result.Type.Shape}: {apart:G3} of {theirs[result.Name].Select(Math.Abs).Max():G3}");
                Assert.True(apart <= 1e-5 * depth, $"{result.Name} is {apart:G3} apart in {precision}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void CentralDifferencesAlongTheGradientAreItsLength(string file)
    {
        var model = RealModels.All.First(m => m.File == file);
        string path = ModelFiles.PathOrSkip(model);
        var imported = OnnxImport.Import(OnnxFile.Read(path), model.Options);
        var inputs = Inputs(model, imported);
        string[] real = [.. imported.Inputs.Where(i => i.Type.Kind == ElementKind.Real).Select(i => i.Name)];
        var gradient = WithLoss(imported.Program).Backprop(new BackpropOptions { Of = ["loss"], WithRespectTo = real });
        var results = TorchSide.Run(gradient, inputs, Precision.Float64);
        var slopes = real.ToDictionary(name => name, name => results[gradient.Gradient(name).Name]);
        double length = Math.Sqrt(slopes.Values.Sum(s => s.Sum(x => x * x)));
        Assert.True(length > 0, "the gradient in the inputs is 0");
        string[] outputs = [.. imported.Outputs.Where(o => o.Type.Kind == ElementKind.Real).Select(o => o.Name)];
        using var runtime = new RuntimeSide(path);
        double best = double.PositiveInfinity;

        // Rounding spoils small steps, kinks and bends large ones.
        double scale = real.SelectMany(name => inputs[name].Numbers).Select(Math.Abs).DefaultIfEmpty(1).Max();
        foreach (double relative in (double[])[3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5])
        {
            double most = slopes.Values.SelectMany(s => s).Max(Math.Abs) / length;
            double step = relative * Math.Max(1e-3, scale) / most;
            double Loss(double sign)
            {
                var moved = new Dictionary<string, Values>(inputs);
                foreach (string name in real)
                {
                    moved[name] = new Values(inputs[name].Numbers.Zip(slopes[name], (x, g) => (float)(x + (sign * step * g / length))).ToArray(), inputs[name].Shape);
                }

                var values = runtime.Run(moved);
                return outputs.Sum(o => values[o].Sum(y => y * y));
            }

            double slope = (Loss(1) - Loss(-1)) / (2 * step);
            best = Math.Min(best, Math.Abs(slope - length) / length);
            output.WriteLine($"  step {step:G3}: slope {slope:G6}, length {length:G6}");
        }

        output.WriteLine($"{file}: {best:G3}");
        Assert.True(best <= 0.01, $"the slope along the gradient is {best:P2} off its length");
    }

    private static Dictionary<string, Values> Inputs(RealModel model, OnnxProgram imported)
    {
        var inputs = imported.Inputs.Select((input, i) => (input.Name, Value: model.Strokes ? Values.Strokes(input.Type.Shape) : Values.Draw(input.Type, (ulong)i, model.Range.Low, model.Range.High)))
            .Concat(imported.Weights.Select(w => (w.Name, Value: new Values(w.Elements, w.Initializer.Shape))))
            .ToDictionary(p => p.Name, p => p.Value);
        foreach (var (name, value) in model.Values)
        {
            inputs[name] = new Values(new[] { value }, Shape.Scalar);
        }

        return inputs;
    }

    /// <summary>The most functions that are applied one after another.</summary>
    internal static int Depth(Program program)
    {
        int[] depths = new int[program.Types.Count];
        foreach (var node in program.Nodes)
        {
            int depth = 1 + node.Arguments.Select(a => depths[a]).DefaultIfEmpty(0).Max();
            foreach (int result in node.Results)
            {
                depths[result] = depth;
            }
        }

        return program.Outputs.Max(o => Math.Max(1, depths[o.Value]));
    }

    private static Program WithLoss(Program program)
    {
        var builder = new ProgramBuilder();
        var outputs = builder.Inline(program, [.. program.Inputs.Select(i => builder.Input(i.Name, program.Types[i.Value], i.Role))]);
        var squares = outputs.Where(o => o.Type.Kind == ElementKind.Real).Select(o => Functions.Square(o).Sum()).Aggregate((a, b) => a + b);
        return builder.Build([("loss", squares)]);
    }
}
