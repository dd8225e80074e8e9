using System.CommandLine;
using System.Globalization;
using Nonsmooth.Cli.Options;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Settings;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Cli.Running;

/// <summary>What a model is told on the command line before it is a program.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string[]> _input = new("--input")
    {
        Description = "Shape of an input that has no array, or the value of a whole number that loops or choices are made on, or the size of a named axis; may be given several times",
        HelpName = "NAME=1x3x224x224",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _output = new("--output")
    {
        Description = "Put out this value of the graph instead of its outputs; may be given several times",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<ClipForm> _clipAs = Parameters.Of("--clip-as", Ranges.OneOf(("clamp", ClipForm.Clamp), ("relu6", ClipForm.Relu6), ("hardtanh", ClipForm.Hardtanh)), default, "What a Clip of ONNX was: its slope at a bound is that function's");

    private readonly Option<string?> _weights = new("--weights") { Description = "Safetensors file with other weights [default: the model's own; of a network by name, drawn]", HelpName = "FILE" };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = $"The derivatives at kinks: {string.Join(", ", Profile.All.Select(static p => p.Name))} [default: {Profile.LibTorch.Name}]",
        HelpName = "NAME",
    };

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_input, _output, _clipAs, _weights, _profile];

    /// <summary>The profile that was asked for.</summary>
    public Profile Convention(ParseResult parsed) => parsed.GetValue(_profile) is { } name ? UsageException.Read(() => Profile.Find(name)) : Profile.LibTorch;

    /// <summary>What was told.</summary>
    public Binding Binding(ParseResult parsed, ToolContext context, IReadOnlyDictionary<string, StoredTensor> arrays)
    {
        var shapes = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string text in parsed.GetRequiredValue(_input))
        {
            int at = text.LastIndexOf('=');
            string[] sizes = at > 0 ? text[(at + 1)..].Split('x', '×') : [];
            int[] read = [.. sizes.Select(s => int.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int v) ? v : int.MinValue)];
            if (read.Length == 0 || read.Contains(int.MinValue) || (read.Length > 1 && read.Any(v => v < 0)))
            {
                throw new UsageException($"--input is '{text}': give a name and sizes, as x=1x3x224x224, or a whole number, as n=3");
            }

            shapes[text[..at]] = read;
            if (read.Length == 1)
            {
                values[text[..at]] = read[0];
            }
        }

        return new Binding
        {
            Arrays = arrays, Shapes = shapes, Values = values, Outputs = parsed.GetRequiredValue(_output), ClipAs = parsed.GetValue(_clipAs),
            Weights = parsed.GetValue(_weights) is { } weights ? Path.GetFullPath(weights, context.Folder) : null,
        };
    }
}
