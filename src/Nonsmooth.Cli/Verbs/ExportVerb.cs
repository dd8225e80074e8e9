using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Exporting;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Running;
using Nonsmooth.Cli.Training;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Differentiation;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Settings;
using Nonsmooth.Tensors;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Running;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Writes a model as ONNX: its value, or its gradient.</summary>
internal sealed class ExportVerb : Verb
{
    private readonly Argument<string> _model = Parameters.Model();
    private readonly Argument<string> _to = new("out") { Description = "The file to write", HelpName = "OUT.onnx" };
    private readonly Option<int> _opset = Parameters.Of("--opset", Ranges.From(13).Where(v => v <= 21, "a whole number from 13 to 21"), 17, "The version of ONNX's operators");
    private readonly Option<int?> _batch = Parameters.Of("--batch", Ranges.From(1).OrUnset(), null, "Examples at once, part of the file then [default: any number, where the file can leave it open]");
    private readonly Option<bool> _gradient = new("--gradient") { Description = "Write the program of the loss, sum-squares, and of its gradient in every trainable weight, which are inputs then" };
    private readonly Option<bool> _check = new("--check") { Description = "Run the file by ONNX Runtime too, on random inputs and on zeros, and print the largest difference" };
    private readonly Option<bool> _merge = new("--merge") { Description = "Fold the adapter into the model's folder first; an OUT that does not end in .onnx is that folder" };
    private readonly ModelOptions _options = new();

    public ExportVerb()
        : base(
            "export",
            "Write a model as ONNX, kinks named, so that reading it again gives the same selection",
            "nonsmooth export lenet5 lenet.onnx --weights runs/lenet/best.safetensors --check",
            "nonsmooth export model.onnx gradient.onnx --gradient --profile jax --check",
            "nonsmooth export llama merged --adapter runs/adapted --merge")
    {
        Arguments.Add(_model);
        Arguments.Add(_to);
        foreach (Option option in (Option[])[_opset, _batch, _gradient, _check, _merge, .. _options.All])
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        string to = parsed.GetRequiredValue(_to);
        session.CheckFolder(to);
        string name = Request.Model(parsed.GetRequiredValue(_model), session.Context);
        var told = _options.Binding(parsed, session.Context, name, new Dictionary<string, StoredTensor>());
        _options.Asked(parsed);
        string path = Path.GetFullPath(to, session.Context.Folder);
        using var merged = parsed.GetValue(_merge) ? Merged(name, told.Adapter, path, session) : null;
        if (merged is { IsWanted: true })
        {
            Idle.Check(parsed, false, "a merged folder is written as it is", _opset, _batch, _gradient, _check);
            return ExitCode.Done;
        }

        (name, told) = merged is null ? (name, told) : (merged.Path, told with { Adapter = null });
        int? batch = parsed.GetValue(_batch);
        var (written, program, weights) = Exported(parsed, name, told, batch);
        var free = batch is null ? FreeOf(parsed, name, told, program) : null;
        written = free ?? written;
        OnnxFile.Write(written, path);
        var differences = parsed.GetValue(_check) ? RuntimeCheck.Of(path, program, weights) : [];
        session.Print(Shown(to, written, program, free is not null, differences));
        return differences.All(d => d.Difference <= Allowed(program)) ? ExitCode.Done : ExitCode.Failed;
    }

    private (OnnxModel Model, Program Program, Dictionary<string, BoundWeight> Weights) Exported(ParseResult parsed, string name, Binding told, int? batch)
    {
        var model = NetworkBinding.Bind(name, Shaped(name, told, batch));
        var profile = _options.Convention(parsed, model);
        bool gradient = parsed.GetValue(_gradient);
        var program = gradient ? Gradient(model, profile.Selection) : model.Value;
        var weights = model.Weights.ToDictionary(w => w.Name, StringComparer.Ordinal);
        var written = OnnxExport.Export(program, new OnnxExportOptions
        {
            Opset = parsed.GetValue(_opset),
            Name = Path.GetFileNameWithoutExtension(name),
            Weights = gradient ? new Dictionary<string, Tensor>() : weights.Values.ToDictionary(w => w.Name, w => Value(program, w), StringComparer.Ordinal),
            Metadata = [new OnnxProperty("nonsmooth.profile", profile.Name)],
        });
        return (written, program, weights);
    }

    private static MergedFolder Merged(string model, AdapterRequest? adapter, string to, Session session)
    {
        var merged = MergedFolder.Make(model, adapter ?? throw new UsageException("--merge folds an adapter in: give --adapter, the folder of one"), to.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? null : to);
        session.Note(merged.Notes);
        if (merged.IsWanted)
        {
            session.Print(new Document(new MergedResult(merged.Path, merged.Notes), merged.Path).Say($"The folder of {Path.GetFileName(model)} with the adapter in its weights."));
        }

        return merged;
    }

    // A batch is left open where exports at 2 and 3 have one structure.
    private OnnxModel? FreeOf(ParseResult parsed, string name, Binding told, Program program)
    {
        if (told.Shapes.Values.Any(s => s.Count == 1) || program.Inputs.Where(i => i.Role == InputRole.Data).Any(i => program.Types[i.Value].Shape is not { Rank: > 0 } shape || told.Shapes.ContainsKey(i.Name)))
        {
            return null;
        }

        OnnxModel two, three;
        try
        {
            (two, three) = (Exported(parsed, name, told, 2).Model, Exported(parsed, name, told, 3).Model);
        }
        catch (NonsmoothException)
        {
            // A file that fixes its batch cannot be bound to another: the batch stays a part of what is written, which is said.
            return null;
        }

        return FreeBatch.Of(two, 2, three, 3);
    }

    // Shapes of a registered network come from a batch; of a file, from its own and what was told.
    private static Binding Shaped(string name, Binding told, int? batch)
    {
        if (ModelFormat.Of(name) is { } format)
        {
            var shapes = new Dictionary<string, IReadOnlyList<int>>(told.Shapes, StringComparer.Ordinal);
            foreach (var input in format.Open(name).Inputs.Where(i => i.Sizes is { Count: > 0 } && !shapes.ContainsKey(i.Name)))
            {
                if (batch is { } n || input.Sizes![0] is null)
                {
                    int?[] sizes = [batch ?? (shapes.TryGetValue(input.Symbols[0], out var first) ? first[0] : 1), .. input.Sizes!.Skip(1).Select((s, i) => s ?? (shapes.TryGetValue(input.Symbols[i + 1], out var named) ? named[0] : null))];
                    if (sizes.All(s => s is not null))
                    {
                        shapes[input.Name] = [.. sizes.Select(s => s!.Value)];
                    }
                }
            }

            return told with { Shapes = shapes };
        }

        var network = UsageException.Read(() => Models.Find(name));
        return told with { Shapes = network.Examples.Data.ToDictionary(f => f.Name, f => (IReadOnlyList<int>)f.Batch(batch ?? network.UsualBatch).Shape.ToArray(), StringComparer.Ordinal) };
    }

    private static Program Gradient(BoundModel model, Selections.Selection selection) =>
        ModelRun.WithLoss(model, new Binding(), new ModelRunOptions { Loss = ValueLoss.SumSquares }).Backprop(new BackpropOptions
        {
            Of = ["loss"], WithRespectTo = [.. model.Weights.Where(w => w.IsTrained).Select(w => w.Name)], Selection = selection,
        });

    private static Tensor Value(Program program, BoundWeight weight) => weight.Elements is float[] singles
        ? Tensor.Of(program.InputType(weight.Name).Shape, singles)
        : Tensor.Of(program.InputType(weight.Name).Shape, Array.ConvertAll((double[])weight.Elements, v => (float)v));

    // Rounding grows with the depth as a walk does.
    private static double Allowed(Program program) => 1e-5 * Math.Sqrt(Math.Max(1, program.Nodes.Count));

    private static Document Shown(string to, OnnxModel written, Program program, bool isFree, IReadOnlyList<CheckedOutput> differences)
    {
        var opset = written.Opsets.First(o => o.Domain.Length == 0).Version;
        var document = new Document(
            new Result(to, opset, isFree, written.Graph.Nodes.Count, written.Graph.Initializers.Count, differences.Count == 0 ? null : differences.Max(d => d.Difference), Allowed(program), differences),
            to).Say($"{Numbers.Whole(written.Graph.Nodes.Count)} nodes and {Numbers.Whole(written.Graph.Initializers.Count)} initializers, opset {Numbers.Whole(opset)}; {(isFree ? "any batch" : "the batch is part of the file")}.");
        return differences.Count == 0 ? document : document
            .Verdict([$"ONNX Runtime's answers differ by {Numbers.Magnitude(differences.Max(d => d.Difference))} of an output's largest number at most; {Numbers.Magnitude(Allowed(program))} is allowed."])
            .Table(differences, (Column.Code("output"), d => d.Name), (Column.Magnitude("largest difference"), d => d.Difference));
    }

    private sealed record MergedResult(string Folder, IReadOnlyList<string> Notes);

    private sealed record Result(string File, long Opset, bool FreeBatch, int Nodes, int Initializers, double? Worst, double Allowed, IReadOnlyList<CheckedOutput> Outputs);
}
