using System.CommandLine;
using Nonsmooth.Cli.Audits;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Running;
using Nonsmooth.Cli.Training;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Settings;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Running;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Holds a model's outputs and gradients against those that another framework recorded.</summary>
internal sealed class VerifyVerb : Verb
{
    private readonly Argument<string> _model = Parameters.Model();
    private readonly Option<string> _against = new("--against")
    {
        Description = "The recording: in.INPUT, then y, y1, … or outputs by name, loss (the sum of squares of all outputs), grad.NAME of weights",
        HelpName = "FILE.npz",
        Required = true,
    };

    private readonly Option<double?> _tolerance = Parameters.Of("--tolerance", Ranges.NonNegative.OrUnset(), null, "Largest difference, relative to a tensor's largest number [default: 1e-4; 5e-3 of a model in f16, 3e-2 in bf16]");
    private readonly Option<string> _precision = new Option<string>("--precision") { Description = $"The arithmetic: {string.Join(", ", Formats.Names)}", HelpName = "NAME", DefaultValueFactory = _ => Precision.Float64.Name() }.Completed(() => Formats.Names);
    private readonly ModelOptions _options = new();

    public VerifyVerb()
        : base(
            "verify",
            "Hold a model's outputs and gradients against those that another framework recorded",
            "nonsmooth verify model.onnx --against recorded.npz",
            "nonsmooth verify model.onnx --against recorded.npz --tolerance 1e-3 --profile jax --json")
    {
        Arguments.Add(_model);
        foreach (Option option in (Option[])[_against, _tolerance, _precision, .. _options.All])
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        var precision = Formats.Find("--precision", parsed.GetRequiredValue(_precision));
        _options.Asked(parsed);
        string name = Request.Model(parsed.GetRequiredValue(_model), session.Context);
        var binding = _options.Binding(parsed, session.Context, name, ArrayFile.Read(parsed.GetRequiredValue(_against), session.Context));
        var model = NetworkBinding.Bind(name, binding);
        var profile = _options.Convention(parsed, model);
        var comparison = ModelComparison.Of(model, binding, RecordedMap.Without(Path.GetFullPath(parsed.GetRequiredValue(_against), session.Context.Folder), binding.Arrays.Keys), parsed.GetValue(_tolerance), new ModelRunOptions { Precision = precision, Selection = profile.Selection });
        session.Print(Shown(model, comparison));
        return comparison.Holds ? ExitCode.Done : ExitCode.Failed;
    }

    private static Document Shown(BoundModel model, ModelComparison comparison)
    {
        int wrong = comparison.Tensors.Count(t => !t.Holds);
        var rows = comparison.Tensors.Select(t => new Row(t.Name, t.Shape, t.Difference, t.Allowed, t.Holds, t.Fault)).ToList();
        var left = comparison.NotCompared.Select(n => new Left(n.Name, n.Reason)).ToList();
        var document = new Document(new Result(model.Name, comparison.Holds, rows, left, model.Notes), model.Name)
            .Verdict([comparison.Tensors.Count == 0 ? "Nothing was compared: the recording has no output, loss or gradient of this model."
                : wrong == 0 ? $"All {Numbers.Whole(comparison.Tensors.Count)} tensors are equal."
                : $"{Numbers.Whole(wrong)} of {Numbers.Whole(comparison.Tensors.Count)} tensors differ."])
            .Table(
                rows,
                (Column.Code("tensor"), r => r.Name),
                (Column.Text("shape"), r => string.Join('×', r.Shape)),
                (Column.Magnitude("largest difference"), r => r.Difference),
                (Column.Magnitude("allowed"), r => r.Allowed),
                (Column.Text(""), r => r.Holds ? "" : r.Fault.Length > 0 ? r.Fault : "differs"));
        if (left.Count > 0)
        {
            document.Section("Not compared").Table(left, (Column.Code("array"), l => l.Name), (Column.Text("why"), l => l.Reason));
        }

        return model.Notes.Count == 0 ? document : document.Section("Of the file").Say(model.Notes);
    }

    private sealed record Row(string Name, IReadOnlyList<long> Shape, double Difference, double Allowed, bool Holds, string Fault);

    private sealed record Left(string Name, string Reason);

    private sealed record Result(string Model, bool Holds, IReadOnlyList<Row> Tensors, IReadOnlyList<Left> NotCompared, IReadOnlyList<string> Notes);
}
