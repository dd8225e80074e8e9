using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.Settings;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Options;

/// <summary>Options whose complaints name the option, what was written, and what to write instead.</summary>
internal static class Parameters
{
    /// <summary>The network argument.</summary>
    public static Argument<string> Network() => new("network")
    {
        Description = "A network by name (see nonsmooth networks), lenet5 or mlp:784-128-64-10, or one of your own, ASSEMBLY.dll:TYPE",
        HelpName = "NETWORK",
    };

    /// <summary>An integer of at least <paramref name="least"/>.</summary>
    public static Option<int> Whole(string name, string description, int fallback, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => WholeOf(result, name, least) ?? fallback,
    };

    /// <summary>An integer of at least <paramref name="least"/>, or nothing.</summary>
    public static Option<int?> Whole(string name, string description, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => WholeOf(result, name, least),
    };

    /// <summary>A seed.</summary>
    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of everything random [default: 0]",
        HelpName = "N",
        CustomParser = result => Read<ulong>(
            result, "--seed", "a whole number from 0 to 18446744073709551615", text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong v) ? v : null) ?? 0,
    };

    /// <summary>A finite number of at least <paramref name="least"/> (above it if <paramref name="above"/>), or nothing.</summary>
    public static Option<double?> Number(string name, string description, double least, bool above = false) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result => Read<double>(
            result,
            name,
            string.Create(CultureInfo.InvariantCulture, $"a finite number {(above ? "above" : "of at least")} {least}"),
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double v)
                && double.IsFinite(v) && (above ? v > least : v >= least) ? v : null),
    };

    /// <summary>One of several names; the first one, whose value is the type's default, if the option is left out.</summary>
    public static Option<T> Choice<T>(string name, string description, params (string Name, T Value)[] choices)
        where T : struct => new(name)
    {
        Description = $"{description}: {string.Join(", ", choices.Select(c => c.Name))} [default: {choices[0].Name}]",
        HelpName = "NAME",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            int i = Array.FindIndex(choices, c => c.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (i >= 0)
            {
                return choices[i].Value;
            }

            result.AddError($"{name} is '{text}': give one of {string.Join(", ", choices.Select(c => c.Name))}{Nearest.Question(text, choices.Select(c => c.Name))}");
            return choices[0].Value;
        },
    };

    /// <summary>The shape of an example, C×H×W.</summary>
    public static Option<ImageShape?> Input() => new("--input")
    {
        Description = "Shape of one example [default: the network's own]",
        HelpName = "CxHxW",
        CustomParser = result => Read<ImageShape>(result, "--input", "channels, rows and columns as in 3x32x32", text =>
        {
            var sizes = text.Split('x', 'X', '×').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int v) ? v : 0).ToArray();
            return sizes.Length == 3 && sizes.All(s => s >= 1) ? new ImageShape(sizes[0], sizes[1], sizes[2]) : null;
        }),
    };

    /// <summary>So many bytes, with a unit or without.</summary>
    public static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result => Read<long>(result, name, ByteSize.Range.Expects, text => ByteSize.Range.Read(text, out long bytes) && ByteSize.Range.Holds(bytes) ? bytes : null),
    };

    /// <summary>The device that programs run on; the processor if the option is left out.</summary>
    public static Option<Device> Device() => new("--device")
    {
        Description = "Where loss and gradient are computed: cpu, cuda or cuda:1 [default: cpu]",
        HelpName = "NAME",
        CustomParser = result => Read<Device>(
            result, "--device", "cpu, cuda or cuda:1", text => LibTorch.Device.TryParse(text.ToLowerInvariant(), out var device) ? device : null) ?? LibTorch.Device.Cpu,
    };

    /// <summary>The folder with data files.</summary>
    public static Option<string?> DataFolder() => new("--data-dir")
    {
        Description = "Folder with data files, looked in before NONSMOOTH_DATA and ~/.cache/nonsmooth",
        HelpName = "DIR",
    };

    /// <summary>The network of a name; an unknown or malformed one is bad usage.</summary>
    public static Model FindNetwork(string name, ImageShape? input = null, int? classes = null, int? tokens = null) =>
        UsageException.Read(() => Models.Find(name, input, classes, tokens));

    private static int? WholeOf(ArgumentResult result, string name, int least) => Read<int>(
        result,
        name,
        string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}"),
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int v) && v >= least ? v : null);

    private static T? Read<T>(ArgumentResult result, string name, string expected, Func<string, T?> read)
        where T : struct
    {
        string text = result.Tokens[0].Value;
        if (read(text) is { } value)
        {
            return value;
        }

        result.AddError($"{name} is '{text}': give {expected}");
        return null;
    }
}
