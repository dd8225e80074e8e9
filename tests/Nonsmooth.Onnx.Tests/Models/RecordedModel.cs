using System.Text.Json;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Onnx.Tests.Backend;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests.Models;

/// <summary>A model with what PyTorch recorded of it: outputs, and the gradient of the sum of their squares.</summary>
internal sealed class RecordedModel
{
    private RecordedModel(OnnxProgram imported, IReadOnlyList<string> differences, int outputs, int gradients) =>
        (Imported, Differences, Outputs, Gradients) = (imported, differences, outputs, gradients);

    public OnnxProgram Imported { get; }

    /// <summary>What differs, a line a tensor.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>How many outputs are equal.</summary>
    public int Outputs { get; }

    /// <summary>How many gradients are equal.</summary>
    public int Gradients { get; }

    /// <summary>Imports and runs a model in double precision and compares it.</summary>
    /// <param name="path">The model.</param>
    /// <param name="recording">The arrays.</param>
    /// <param name="options">How it is imported; shapes and integer inputs are added.</param>
    /// <param name="tolerance">The relative part of the rule: 1e-4, and 5e-3 for files of 16 bits.</param>
    /// <param name="withGradients">Whether gradients are expected to be the graph's.</param>
    public static RecordedModel Run(string path, string recording, OnnxImportOptions options, double tolerance, bool withGradients)
    {
        var arrays = NpzFile.Read(recording);
        var model = OnnxFile.Read(path);
        var inputs = arrays.Where(a => a.Key.StartsWith("in.", StringComparison.Ordinal)).ToDictionary(a => a.Key[3..], a => a.Value);
        var imported = OnnxImport.Import(model, options with
        {
            Shapes = inputs.Where(i => !options.Values.ContainsKey(i.Key)).ToDictionary(i => i.Key, i => (IReadOnlyList<int>)[.. i.Value.Shape]),
        });
        Array[] point = [.. imported.Inputs.Select(i => BackendRun.Elements(inputs[i.Name])), .. imported.Weights.Select(w => w.Elements)];
        string[] names = [.. imported.Weights.Where(w => w.Role == InputRole.Parameter).Select(w => w.Name)];
        var gradient = WithLoss(imported.Program).Backprop(new BackpropOptions { Of = ["loss"], WithRespectTo = names });
        var results = Interpreter.Run<Float64>(gradient, point);
        var byName = gradient.Outputs.Zip(results).ToDictionary(o => o.First.Name, o => o.Second);
        var differences = new List<string>();
        int outputs = 0;
        for (int i = 0; i < imported.Outputs.Count; i++)
        {
            string key = i == 0 ? "y" : $"y{i}";
            outputs += Compare(imported.Outputs[i].Name, byName[imported.Outputs[i].Name], arrays[key], tolerance, 0, differences) ? 1 : 0;
        }

        int equal = 0;
        if (withGradients)
        {
            string map = Path.ChangeExtension(path, ".map.json");
            var elsewhere = File.Exists(map) ? JsonDocument.Parse(File.ReadAllText(map)).RootElement.EnumerateObject()
                .SelectMany(p => new[] { p.Name, p.Value.TryGetProperty("onnx", out var onnx) ? onnx.GetString() ?? "" : "" }).ToHashSet() : [];
            double largest = arrays.Where(a => a.Key.StartsWith("grad", StringComparison.Ordinal)).Select(a => Largest(a.Value)).DefaultIfEmpty(0).Max();
            foreach (var initializer in model.Graph.Initializers)
            {
                var expected = arrays.GetValueOrDefault($"gradonnx.{initializer.Name}") ?? (elsewhere.Contains(initializer.Name)
                    ? null
                    : arrays.GetValueOrDefault($"grad64.{initializer.Name}") ?? arrays.GetValueOrDefault($"grad.{initializer.Name}"));


                // Exporters name copies of a merged initializer by identities: its gradient is the sum.
                foreach (var copy in model.Graph.Nodes.Where(n => n.Op == "Identity" && n.Inputs[0] == initializer.Name))
                {
                    expected = Sum(expected, arrays.GetValueOrDefault($"grad.{copy.Outputs[0]}"));
                }

                if (expected is null || !expected.Shape.Equals(initializer.Shape))
                {
                    continue;
                }

                if (!names.Contains(initializer.Name))
                {
                    differences.Add($"grad {initializer.Name}: no parameter of the program");
                    continue;
                }

                equal += Compare($"grad {initializer.Name}", byName[gradient.Gradient(initializer.Name).Name], expected, tolerance, 1e-6 * largest, differences) ? 1 : 0;
            }
        }

        return new RecordedModel(imported, differences, outputs, equal);
    }

    // The loss of the recordings: the sum of squares over all real outputs.
    private static Program WithLoss(Program program)
    {
        var builder = new ProgramBuilder();
        var inputs = program.Inputs.Select(i => builder.Input(i.Name, program.Types[i.Value], i.Role)).ToArray();
        var outputs = builder.Inline(program, inputs);
        Variable? loss = null;
        foreach (var output in outputs.Where(o => o.Type.Kind == ElementKind.Real))
        {
            var part = Functions.Square(output).Sum();
            loss = loss is null ? part : loss + part;
        }

        return builder.Build([.. program.Outputs.Select((o, i) => (o.Name, outputs[i])), ("loss", loss!)]);
    }

    private static Tensor? Sum(Tensor? a, Tensor? b) => a is Tensor<double> x && b is Tensor<double> y ? Tensor.Generate(x.Shape, i => x[i] + y[i]) : a;

    private static double Largest(Tensor tensor) => tensor is Tensor<double> t ? t.Elements.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max() : 0;

    private static bool Compare(string name, Tensor actual, Tensor expected, double relative, double absolute, List<string> differences)
    {
        if (!actual.Shape.Equals(expected.Shape))
        {
            differences.Add($"{name}: shape {actual.Shape}, not {expected.Shape}");
            return false;
        }

        if (actual is not Tensor<double> a || expected is not Tensor<double> e)
        {
            bool same = (actual, expected) is (Tensor<long> l, Tensor<long> m) ? l.Elements.SequenceEqual(m.Elements) : (actual, expected) is (Tensor<bool> b, Tensor<bool> c) && b.Elements.SequenceEqual(c.Elements);
            if (!same)
            {
                differences.Add($"{name}: other integers");
            }

            return same;
        }

        double worst = a.Elements.Zip(e.Elements, (x, y) => x.Equals(y) ? 0 : Math.Abs(x - y)).Select(d => double.IsNaN(d) ? double.PositiveInfinity : d).DefaultIfEmpty(0).Max();
        double most = (relative * Largest(e)) + absolute;
        if (worst > most)
        {
            int at = Enumerable.Range(0, a.Elements.Length).MaxBy(i => Math.Abs(a[i] - e[i]));
            differences.Add($"{name}: {worst:G3} apart at {at} of {a.Shape} ({a[at]:G6}, not {e[at]:G6}), {a.Elements.Zip(e.Elements).Count(p => Math.Abs(p.First - p.Second) > most)} more than {most:G3}");
        }

        return worst <= most;
    }
}
