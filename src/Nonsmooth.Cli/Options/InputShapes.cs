using System.CommandLine;
using Nonsmooth.Data;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Options;

/// <summary>The option <c>--input</c>: the shape of an image, or shapes, axes and whole numbers of a model file's inputs by name.</summary>
internal sealed class InputShapes
{
    /// <summary>The option.</summary>
    public Option<string[]> Option { get; } = new("--input")
    {
        Description = "Shape of one example; of a model file, the shape of an input, the size of an axis or a whole number by its name, x=1x3x224x224 or n=3; may be given several times [default: the network's own]",
        HelpName = "CxHxW",
        DefaultValueFactory = _ => [],
    };

    /// <summary>What was given by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Named(ParseResult parsed) => Read(parsed).Named;

    /// <summary>The settings of a network.</summary>
    public NetworkSettings Settings(ParseResult parsed, int? classes = null, int? tokens = null, AdapterRequest? adapter = null)
    {
        var (image, named) = Read(parsed);
        return new NetworkSettings(image, classes, tokens) { File = named.Count == 0 && adapter is null ? null : new FileSettings { Sizes = named, Adapter = adapter } };
    }

    private (ImageShape? Image, Dictionary<string, IReadOnlyList<int>> Named) Read(ParseResult parsed)
    {
        ImageShape? image = null;
        var named = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        foreach (string text in parsed.GetRequiredValue(Option))
        {
            if (FileSizes.Read(text) is var (name, sizes))
            {
                named[name] = sizes;
            }
            else if (!text.Contains('=', StringComparison.Ordinal) && FileSizes.Numbers(text) is [>= 1, >= 1, >= 1] axes)
            {
                image = new ImageShape(axes[0], axes[1], axes[2]);
            }
            else
            {
                throw new UsageException($"--input is '{text}': give channels, rows and columns as in 3x32x32, or of a model file a name and sizes, as x=1x3x224x224 or n=3");
            }
        }

        return (image, named);
    }
}
