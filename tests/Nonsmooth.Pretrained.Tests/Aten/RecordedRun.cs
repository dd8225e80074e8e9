using System.Text.Json;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Pretrained.Aten;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Aten;

/// <summary>A recorded call run by the table: values, reverse and forward derivatives in double precision, held against PyTorch's.</summary>
internal sealed class RecordedRun
{
    private readonly OperatorRecording _recording;
    private readonly ProgramBuilder _builder = new();
    private readonly IReadOnlyList<(Variable Input, Array Given)> _inputs;
    private readonly List<(Variable Value, JsonElement Expected, JsonElement Cotangent, JsonElement? Jvp)> _results = [];

    /// <exception cref="AtenException">The dictionary cannot express the call.</exception>
    public RecordedRun(OperatorRecording recording, AtenOperator @operator)
    {
        _recording = recording;
        var (arguments, keywords, inputs) = recording.Trace(_builder);
        _inputs = inputs;
        var results = @operator.Apply(_builder, arguments, keywords);
        for (int i = 0; i < recording.Outputs.Count; i++)
        {
            if (i < results.Count && results[i] is { } result && OperatorRecording.IsTensor(recording.Outputs[i]))
            {
                _results.Add((result, recording.Outputs[i], recording.Cotangents[i], recording.Jvp is { } jvp && OperatorRecording.IsTensor(jvp[i]) ? jvp[i] : null));
            }
        }
    }

    /// <summary>What differs, by more than <paramref name="tolerance"/>·max(1, max|ref|) over a tensor; empty for nothing.</summary>
    public IReadOnlyList<string> Differences(double tolerance, bool derivatives)
    {
        var differences = new List<string>();
        var program = _builder.Build(_results.Select((r, i) => ($"y{i}", r.Value)));
        var values = Run(program, new Dictionary<string, Array>());
        for (int i = 0; i < _results.Count; i++)
        {
            Against(differences, $"value {i}", _results[i].Expected, program.Types[program.Outputs[i].Value].Shape, values[i], tolerance);
        }

        string[] paths = [.. _recording.GradientInputs.Where(p => _inputs.Any(n => n.Input.Name == p && n.Given is double[]))];
        var differentiable = _results.Where(r => r.Value.Type.Kind == ElementKind.Real && OperatorRecording.IsReal(r.Cotangent)).ToArray();
        if (!derivatives || paths.Length == 0 || differentiable.Length == 0)
        {
            return differences;
        }

        if (!_recording.Disagrees("vjp"))
        {
            Reverse(differences, differentiable.Select(r => (r.Value, r.Cotangent)), paths, tolerance);
        }

        if (!_recording.Disagrees("jvp") && _recording.Jvp is not null && paths.All(p => _recording.Tangent(p) is not null))
        {
            Forward(differences, program, paths, tolerance);
        }

        return differences;
    }

    private void Reverse(List<string> differences, IEnumerable<(Variable Value, JsonElement Cotangent)> results, string[] paths, double tolerance)
    {
        var given = new Dictionary<string, Array>();
        Variable? sum = null;
        foreach (var (value, cotangent) in results)
        {
            string name = $"cotangent{given.Count}";
            given[name] = OperatorRecording.Numbers(cotangent);
            var term = Functions.Multiply(value, _builder.Input(name, value.Type)).Sum();
            sum = sum is null ? term : Functions.Add(sum, term);
        }

        var gradient = _builder.Build([("loss", sum!)]).Backprop(new BackpropOptions { WithRespectTo = paths, KeepValues = false });
        var results2 = Run(gradient, given);
        for (int i = 0; i < paths.Length; i++)
        {
            if (_recording.Vjp(paths[i]) is { } expected)
            {
                Against(differences, $"vjp {paths[i]}", expected, OperatorRecording.ShapeOf(expected), results2[i], tolerance);
            }
        }
    }

    private void Forward(List<string> differences, Program program, string[] paths, double tolerance)
    {
        var tangents = program.Forprop(new ForpropOptions { WithRespectTo = paths });
        var given = paths.ToDictionary(p => tangents.Tangent(p).Name, p => (Array)OperatorRecording.Numbers(_recording.Tangent(p)!.Value));
        var results = Run(tangents, given);
        for (int i = 0; i < _results.Count; i++)
        {
            if (_results[i].Jvp is { } expected && _results[i].Value.Type.Kind == ElementKind.Real)
            {
                var image = tangents.Jvp($"y{i}");
                int position = Enumerable.Range(0, tangents.Outputs.Count).First(o => tangents.Outputs[o].Name == image.Name);
                Against(differences, $"jvp {i}", expected, OperatorRecording.ShapeOf(expected), results[position], tolerance);
            }
        }
    }

    private double[][] Run(Program program, IReadOnlyDictionary<string, Array> more)
    {
        var byName = _inputs.ToDictionary(n => n.Input.Name, n => n.Given);
        var results = Interpreter.Run<Float64>(program, [.. program.Inputs.Select(i => more.GetValueOrDefault(i.Name) ?? byName[i.Name])]);
        return [.. results.Select(r => r switch
        {
            Tensor<double> d => d.Elements,
            Tensor<long> l => Array.ConvertAll(l.Elements, x => (double)x),
            _ => Array.ConvertAll(((Tensor<bool>)r).Elements, x => x ? 1.0 : 0),
        })];
    }

    private static void Against(List<string> differences, string what, JsonElement expected, Shape shape, double[] actual, double tolerance)
    {
        double[] reference = expected.GetProperty("data").EnumerateArray().Any() ? OperatorRecording.Numbers(expected) : [];
        if (!shape.Equals(OperatorRecording.ShapeOf(expected)) || reference.Length != actual.Length)
        {
            differences.Add($"{what}: shape {shape}, theirs {OperatorRecording.ShapeOf(expected)}");
            return;
        }

        double scale = reference.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        for (int i = 0; i < reference.Length; i++)
        {
            if (!reference[i].Equals(actual[i]) && !(Math.Abs(reference[i] - actual[i]) <= tolerance * Math.Max(1, scale)))
            {
                differences.Add($"{what}[{i}]: {actual[i]:R}, theirs {reference[i]:R}");
                return;
            }
        }
    }
}
