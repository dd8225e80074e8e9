using Nonsmooth.Onnx.Import;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests.Models;

/// <summary>Networks as PyTorch's exporters write them: their outputs, and every gradient that has an expectation.</summary>
public sealed class RecordedModelTests(ITestOutputHelper output)
{
    // What the exporter computed beforehand from a parameter is a constant of its own: the parameter's gradient lacks that path.
    private static readonly (string Model, string Initializer, string Reason)[] _folded =
    [
        ("misc_op18", "b", "its first two elements are also the constant val_203, the updates of index_put"),
        ("misc_op18", "emb.weight", "its variance along an axis is also the constant var_1"),
    ];

    public static TheoryData<string, string> Models
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string folder in new[] { "onnx", Path.Combine("models", "onnx") })
            {
                foreach (string file in Directory.Exists(RealFiles.FolderOrEmpty(folder)) ? Directory.GetFiles(RealFiles.FolderOrEmpty(folder), "*.npz").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
                {
                    data.Add(folder, Path.GetFileName(file));
                }
            }

            return data;
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Models))]
    public void OutputsAndGradientsAreThoseRecorded(string folder, string recording)
    {
        string name = recording.Split('.')[0];
        string path = Path.Combine(RealFiles.Folder(folder), $"{name}.onnx");
        double tolerance = name.Contains("f16", StringComparison.Ordinal) ? 5e-3 : 1e-4;
        var options = new OnnxImportOptions { StraightThrough = name.StartsWith("qdq8", StringComparison.Ordinal) };
        if (name.StartsWith("while", StringComparison.Ordinal))
        {
            var n = NpzFile.Read(Path.Combine(RealFiles.Folder(folder), recording))["in.n"];
            options = options with { Values = new Dictionary<string, Tensor> { ["n"] = n } };
        }

        // What PyTorch took for the gradient of the detached rounding is not the graph's.
        bool withGradients = !name.StartsWith("ste4bit", StringComparison.Ordinal);
        var result = RecordedModel.Run(path, Path.Combine(RealFiles.Folder(folder), recording), options, tolerance, withGradients);
        output.WriteLine($"{recording}: {result.Outputs} outputs and {result.Gradients} gradients equal; {result.Imported.Program.Nodes.Count} nodes");
        foreach (var note in result.Imported.Notes)
        {
            output.WriteLine($"  {note.Kind} {note.Node}: {note.Text}");
        }

        if (name.StartsWith("gpt", StringComparison.Ordinal))
        {
            Assert.Equal(2, result.Imported.Program.Nodes.Count(n => n.Function.Name == "attention" && n.Function.Attributes == "causal"));
        }

        if (name == "hf_gpt2_op17_legacy")
        {
            Assert.Contains(result.Imported.Notes, n => n.Text.Contains("one transposed", StringComparison.Ordinal) && n.Text.Contains("m.transformer.wte.weight", StringComparison.Ordinal));
        }

        if (name == "ste4bit_op18")
        {
            Assert.Contains(result.Imported.Notes, n => n.Kind == OnnxNoteKind.Quantisation);
        }

        string[] unexplained = [.. result.Differences.Where(d => !_folded.Any(f => f.Model == name && d.StartsWith($"grad {f.Initializer}:", StringComparison.Ordinal)))];
        Assert.Empty(unexplained);
        Assert.Equal(result.Imported.Outputs.Count, result.Outputs);
        Assert.True(result.Gradients > 0 || !withGradients || recording.Contains("case2", StringComparison.Ordinal));
    }
}
