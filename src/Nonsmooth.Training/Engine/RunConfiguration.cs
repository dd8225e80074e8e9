using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;
using Nonsmooth.Selections;
using Nonsmooth.Settings;

namespace Nonsmooth.Training.Engine;

/// <summary>What the bits of a run depend on, as texts by key: what two parts of one run must agree on.</summary>
internal sealed class RunConfiguration
{
    private const string WeightsChecksum = "weights.checksum";
    internal const string NodesKey = "selection.nodes";
    internal const string FieldsKey = "fields";
    private readonly List<SettingFact> _facts = [];
    private readonly TrainingOptions _options;

    private RunConfiguration(TrainingOptions options) => _options = options;

    /// <summary>The texts, without those that are not set or do not count.</summary>
    public IReadOnlyDictionary<string, string> Texts =>
        new SortedDictionary<string, string>(_facts.Where(f => f.Text is not null).ToDictionary(f => f.Key, f => f.Text!), StringComparer.Ordinal);

    /// <summary>What the bits of a run with these options depend on.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="before">The texts of the run that goes on: it knows what weights it began from, should their file be gone.</param>
    public static RunConfiguration Of(TrainingOptions options, IReadOnlyDictionary<string, string>? before = null)
    {
        var made = new RunConfiguration(options);
        made._facts.AddRange(options.Facts());
        made.Add(FieldsKey, options.Network.Examples.ToString());
        made.Add("classes", options.Network.Classes?.ToString(CultureInfo.InvariantCulture));
        made.Add("loss", options.Network.IsPlainClassifier ? null : options.Network.Smoothed(0).Loss.ToString());
        made.Add("data.checksum", Fingerprint(options.Dataset));
        if (options.Weights is { } weights)
        {
            made.Add(WeightsChecksum, before?.GetValueOrDefault(WeightsChecksum) is { } known && !File.Exists(weights) ? known : FileChecksum(weights));
        }

        made._facts.AddRange(options.Optimizer.Facts().Select(f => f with { Key = $"optimizer.{f.Key}" }));
        made.Add(options.Selection, "selection.");
        foreach (string node in options.Selection.NamedNodes)
        {
            made.Add(options.Selection.For(node), $"selection.{node}.");
        }

        made.Add(NodesKey, options.Selection.NamedNodes.Any() ? string.Join(", ", options.Selection.NamedNodes) : null);
        return made;
    }

    /// <summary>Refuses to go on with other settings.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="stored">Its texts.</param>
    /// <exception cref="NonsmoothException">A setting differs: the message names the first one, what it was and what it is.</exception>
    public void Check(string folder, IReadOnlyDictionary<string, string> stored)
    {
        var was = EarlierRun.Texts(stored, _options, Texts);
        var known = _facts.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        var differences = _facts.Concat(was.Keys.Where(key => !known.Contains(key)).Order(StringComparer.Ordinal).Select(key => new SettingFact(key, null)))

            // What is not written has its default, also in a release that did not have the setting yet.
            .Select(f => (f.Key, Was: was.TryGetValue(f.Key, out string? text) ? text : f.Default, Now: f.Text ?? f.Default))
            .Where(d => d.Was != d.Now).ToList();

        // Where a setting counts on one side only, another one made the difference: name that first.
        var (name, old, current) = differences.Find(d => d.Was is not null && d.Now is not null) is { Key: not null } both ? both : differences.FirstOrDefault();
        if (name is not null)
        {
            throw new NonsmoothException(
                $"the run in '{folder}' has {name} = {old ?? "(not set)"}, asked for is {name} = {current ?? "(not set)"}: "
                + "resume with the same setting, or train into another folder");
        }
    }

    private void Add(string key, string? text) => _facts.Add(new SettingFact(key, text));

    // Keys come to be known as functions are used, so what is said under them is written only where it is not the default.
    private void Add(Selection selection, string prefix) => _facts.AddRange(
        from key in SelectionKey.Known
        let rule = Text(key.RuleOf(selection))
        let usual = Text(key.DefaultRule)
        select new SettingFact(prefix + key.Name, rule == usual ? null : rule, usual));

    private static string? Text(object rule) => Convert.ToString(rule, CultureInfo.InvariantCulture);

    /// <summary>A checksum of a whole file: a resumed run is one from the same weights, wherever they lie.</summary>
    private static string FileChecksum(string path)
    {
        uint state = Checksum.Start;
        InputFile.Check(path, "weights");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            var block = new byte[1 << 20];
            for (int read = stream.Read(block); read > 0; read = stream.Read(block))
            {
                state = Checksum.Append(state, block.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"weights '{path}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): check path and rights", e);
        }

        return Checksum.Finish(state).ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>A checksum of the targets, of what else can be had quickly and of a spread of examples: made data sets of other seeds differ in it.</summary>
    private static string Fingerprint(Dataset data) =>
        Checksum.Finish(data.Test.Fingerprint(data.Train.Fingerprint(Checksum.Start))).ToString("x8", CultureInfo.InvariantCulture);
}
