using System.CommandLine;
using System.Globalization;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Engines.Atlases;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Builds pages of what engines answer at kinks from recordings of them.</summary>
internal sealed class AtlasVerb : Verb
{
    private readonly Argument<string> _folder = new("recordings") { Description = "A folder of recordings, with the list of spellings that they were asked", HelpName = "FOLDER" };
    private readonly Option<string> _out = new("--out") { Description = "The folder for the pages; made if it does not exist", HelpName = "FOLDER", DefaultValueFactory = _ => "atlas" };

    public AtlasVerb()
        : base(
            "atlas",
            "Judge recordings of engines, and build pages of what each answers at kinks",
            "nonsmooth atlas recordings --out atlas")
    {
        Arguments.Add(_folder);
        Options.Add(_out);
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        string path = Path.GetFullPath(parsed.GetRequiredValue(_folder), session.Context.Folder);
        if (!Directory.Exists(path))
        {
            throw new UsageException($"there is no folder {path}: give one with recordings");
        }

        var folder = new RecordingFolder(path);
        long start = session.Context.Time.GetTimestamp();
        var atlas = Atlas.Of([.. folder.Names.Select(folder.Open)], folder.Spellings());
        double seconds = session.Context.Time.GetElapsedTime(start).TotalSeconds;
        string into = parsed.GetRequiredValue(_out);
        string date = session.Context.Time.GetUtcNow().ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        long bytes = 0, largest = 0;
        int pages = 0;
        foreach (var (name, content) in AtlasFiles.Of(atlas, date, session.Origin(parsed).Rows))
        {
            string file = Path.Combine(Path.GetFullPath(into, session.Context.Folder), name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
            long size = new FileInfo(file).Length;
            (bytes, largest, pages) = (bytes + size, Math.Max(largest, size), pages + 1);
        }

        var defects = AtlasDefect.Of(atlas);
        var counts = AtlasFinding.All.ToDictionary(f => f.Id, f => atlas.Entries.Where(e => e.Finding == f).Sum(e => e.Count), StringComparer.Ordinal);
        session.Print(new Document(new Result(atlas.Recordings.Count, atlas.Cells.Count, counts, defects.Count, atlas.FormatDisagreements.Count, atlas.SpellingDisagreements.Count, seconds, pages, bytes, largest), "")
            .Verdict([$"{Numbers.Whole(atlas.Cells.Count)} cells of {Numbers.Whole(atlas.Recordings.Count)} recordings judged in {seconds:0} s; {Numbers.Whole(defects.Count)} defects and disagreements; {Numbers.Whole(atlas.FormatDisagreements.Count)} spellings of which an engine's formats disagree, {Numbers.Whole(atlas.SpellingDisagreements.Count)} functions of which its spellings do."])
            .Say($"{string.Join(", ", counts.Select(c => $"{c.Key} {Numbers.Whole(c.Value)}"))}. {Numbers.Whole(pages)} files in {into}: {bytes / 1e6:0.0} MB, the largest {largest / 1e6:0.0} MB."));
        return ExitCode.Done;
    }

    private sealed record Result(int Recordings, int Cells, IReadOnlyDictionary<string, int> Findings, int Defects, int Formats, int Spellings, double Seconds, int Files, long Bytes, long Largest);
}
