using System.CommandLine;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Training;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Settings;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Cli.Running;

/// <summary>What a model is told on the command line before it is a program.</summary>
internal sealed class ModelOptions
{
    private readonly InputShapes _input = new();

    private readonly Option<string[]> _output = new("--output")
    {
        Description = "Put out this value of the graph instead of its outputs; may be given several times",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<ClipForm> _clipAs = Parameters.Of("--clip-as", Ranges.OneOf(("clamp", ClipForm.Clamp), ("relu6", ClipForm.Relu6), ("hardtanh", ClipForm.Hardtanh)), default, "What a Clip of ONNX was: its slope at a bound is that function's");

    private readonly Option<RoundingSlope> _fakeQuant = Parameters.Of("--fake-quant", Ranges.OneOf(("staircase", RoundingSlope.Staircase), ("ste", RoundingSlope.StraightThrough)), default, "The slope of rounding to quantised values: 0, or by straight-through estimation 1 inside their range, which is a surrogate and not conservative");

    private readonly Option<string?> _weights = new("--weights") { Description = "Safetensors file with other weights [default: the model's own; of a network by name, drawn]", HelpName = "FILE" };

    private readonly Option<string?> _profile = new Option<string?>("--profile")
    {
        Description = $"The derivatives at kinks: {string.Join(", ", Profile.All.Select(static p => p.Name))} [default: {Profile.LibTorch.Name}; of a PyTorch archive, its version's]",
        HelpName = "NAME",
    }.Completed(Parameters.Profiles);

    private readonly AdapterOption _adapter = new();

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_input.Option, _output, _clipAs, _fakeQuant, _weights, _profile, .. _adapter.All];

    /// <summary>The profile that was asked for, else that of a model.</summary>
    public Profile Convention(ParseResult parsed, BoundModel model) => Asked(parsed) ?? (model.Convention is { } own ? Profile.Find(own.Name) : Profile.LibTorch);

    /// <summary>The profile that was asked for; null where none was.</summary>
    public Profile? Asked(ParseResult parsed) => parsed.GetValue(_profile) is { } name ? UsageException.Read(() => Profile.Find(name)) : null;

    /// <summary>The adapter that was asked for; null where none was.</summary>
    public AdapterRequest? Adapter(ParseResult parsed, ToolContext context) => _adapter.Read(parsed, context);

    /// <summary>What a model was told.</summary>
    /// <exception cref="UsageException">It was told what changes nothing in it.</exception>
    public Binding Binding(ParseResult parsed, ToolContext context, string model, IReadOnlyDictionary<string, StoredTensor> arrays)
    {
        var format = ModelFormat.Of(model);
        Idle.Check(parsed, format is not null, $"'{model}' is no file and puts out what it is", _output);
        Idle.Check(parsed, format is { TakesForms: true }, $"'{model}' is no ONNX file and says itself what its functions are", _clipAs, _fakeQuant);
        var named = _input.Named(parsed);
        return new Binding
        {
            Arrays = arrays, Shapes = named, Values = named.Where(n => n.Value.Count == 1).ToDictionary(n => n.Key, n => (long)n.Value[0], StringComparer.Ordinal), Outputs = parsed.GetRequiredValue(_output), ClipAs = parsed.GetValue(_clipAs), StraightThrough = parsed.GetValue(_fakeQuant) == RoundingSlope.StraightThrough,
            Adapter = Adapter(parsed, context), Weights = parsed.GetValue(_weights) is { } weights ? Path.GetFullPath(weights, context.Folder) : null,
        };
    }
}
