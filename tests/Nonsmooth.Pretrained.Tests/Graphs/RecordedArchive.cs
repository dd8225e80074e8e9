using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Graphs;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Graphs;

/// <summary>An archive run in double precision and held against what PyTorch recorded of it.</summary>
internal sealed class RecordedArchive
{
    private readonly Dictionary<string, Tensor> _arrays;
    private readonly double _largest;

    private RecordedArchive(ArchiveProgram imported, Dictionary<string, Tensor> arrays)
    {
        (Imported, _arrays) = (imported, arrays);
        _largest = arrays.Where(a => a.Key.StartsWith("grad", StringComparison.Ordinal)).Select(a => Largest(a.Value)).DefaultIfEmpty(0).Max();
    }

    public ArchiveProgram Imported { get; }

    /// <summary>What differs, a line a tensor.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>How many arrays of the recording are equal, by what they are.</summary>
    public Dictionary<string, int> Equal { get; } = new() { ["y"] = 0, ["after"] = 0, ["grad"] = 0, ["loss"] = 0 };

    /// <summary>How many arrays of the recording are compared at all.</summary>
    public int Recorded => _arrays.Keys.Count(k => !k.StartsWith("in.", StringComparison.Ordinal) && !(k.StartsWith("grad.", StringComparison.Ordinal) && _arrays.ContainsKey($"grad64.{k[5..]}")));

    public static RecordedArchive Run(string archive, string recording, params string[] values)
    {
        var arrays = NpzFile.Read(recording);
        var inputs = arrays.Where(a => a.Key.StartsWith("in.", StringComparison.Ordinal)).ToDictionary(a => a.Key[3..], a => a.Value);
        var imported = ArchiveImport.Import(ArchiveFile.Read(archive), new ArchiveImportOptions
        {
            Shapes = inputs.ToDictionary(i => i.Key, i => (IReadOnlyList<int>)[.. i.Value.Shape]),
            Values = inputs.Where(i => values.Contains(i.Key)).ToDictionary(i => i.Key, i => i.Value),
        });
        var run = new RecordedArchive(imported, arrays);
        run.Compare(inputs);
        return run;
    }

    private void Compare(Dictionary<string, Tensor> inputs)
    {
        string[] names = [.. Imported.Weights.Where(w => w.Role == InputRole.Parameter).Select(w => w.Name)];
        var gradient = WithLoss().Backprop(new BackpropOptions { Of = ["loss"], WithRespectTo = names, Selection = Imported.Convention.Selection });
        var results = Interpreter.Run<Float64>(gradient, [.. Imported.Inputs.Select(i => Elements(inputs[i.Name])), .. Imported.Weights.Select(w => w.Elements)]);
        var byName = gradient.Outputs.Zip(results).ToDictionary(o => o.First.Name, o => o.Second);
        int at = 0;
        foreach (var output in Imported.Outputs)
        {
            string key = output.Buffer is not null ? output.Name : at == 0 ? "y" : $"y{at}";
            at += output.Buffer is null ? 1 : 0;
            if (_arrays.TryGetValue(key, out var expected))
            {
                Compare(key, byName[output.Name], expected, 0);
            }
        }

        Compare("loss", byName["loss"], _arrays["loss"], 0);
        foreach (string name in names)
        {
            if ((_arrays.GetValueOrDefault($"grad64.{name}") ?? _arrays.GetValueOrDefault($"grad.{name}")) is { } expected)
            {
                Compare($"grad.{name}", byName[gradient.Gradient(name).Name], expected, 1e-6 * _largest);
            }
        }
    }

    // The loss of the recordings: the sum of squares over all real outputs, not over states.
    private Program WithLoss()
    {
        var program = Imported.Program;
        var builder = new ProgramBuilder();
        var outputs = builder.Inline(program, [.. program.Inputs.Select(i => builder.Input(i.Name, program.Types[i.Value], i.Role))]);
        Variable? loss = null;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Type.Kind == ElementKind.Real && Imported.Outputs[i].Buffer is null)
            {
                var part = Functions.Square(outputs[i]).Sum();
                loss = loss is null ? part : loss + part;
            }
        }

        return builder.Build([.. program.Outputs.Select((o, i) => (o.Name, outputs[i])), ("loss", loss!)]);
    }

    private static Array Elements(Tensor tensor) => tensor switch
    {
        Tensor<double> d => d.Elements,
        Tensor<long> l => l.Elements,
        _ => ((Tensor<bool>)tensor).Elements,
    };

    private static double Largest(Tensor tensor) => tensor is Tensor<double> t ? t.Elements.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max() : 0;

    private void Compare(string name, Tensor actual, Tensor expected, double absolute)
    {
        double[] a = Numbers(actual), e = Numbers(expected);
        double allowed = (1e-4 * Largest(expected)) + absolute;
        double worst = a.Length != e.Length ? double.PositiveInfinity : a.Zip(e, (x, y) => x.Equals(y) ? 0 : Math.Abs(x - y)).Select(d => double.IsNaN(d) ? double.PositiveInfinity : d).DefaultIfEmpty(0).Max();
        if (!actual.Shape.Equals(expected.Shape) || worst > allowed)
        {
            Differences.Add($"{name}: {actual.Shape}, theirs {expected.Shape}, {worst:G3} apart, allowed {allowed:G3}");
            return;
        }

        Equal[name.StartsWith('y') ? "y" : name.Split('.')[0]]++;
    }

    private static double[] Numbers(Tensor tensor) => tensor switch
    {
        Tensor<double> d => d.Elements,
        Tensor<long> l => Array.ConvertAll(l.Elements, x => (double)x),
        _ => Array.ConvertAll(((Tensor<bool>)tensor).Elements, x => x ? 1.0 : 0),
    };
}
