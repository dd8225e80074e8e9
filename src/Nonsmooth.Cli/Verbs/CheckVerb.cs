using System.CommandLine;
using Nonsmooth.Cli.Engines;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Settings;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Asks an engine for gradients at kinks and judges the answers.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly Option<string?> _engine = new Option<string?>("--engine") { Description = $"The engine: a command that reads questions and writes answers, JSON lines (docs/engines.md), or one in this process: {string.Join(", ", EnginesInProcess.Names)}", HelpName = "COMMAND" }.Completed(() => EnginesInProcess.Names);
    private readonly Option<string?> _recording = new("--recording") { Description = "Judge a recording instead of asking an engine", HelpName = "FILE.jsonl.gz" };
    private readonly Option<string[]> _functions = new Option<string[]>("--functions")
    {
        Description = "Only these functions or spellings, with commas between; a name with a star stands for all that begin so [default: all]",
        HelpName = "LIST",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    }.Completed(() => SpellingCatalogue.All.Select(s => s.Function).Distinct());

    private readonly Option<string?> _questions = new("--questions") { Description = "Ask what the recordings in a folder were asked, so that an atlas can show the answers beside theirs [default: the catalogue]", HelpName = "FOLDER" };
    private readonly Option<string?> _formats = new("--formats") { Description = $"Only these formats, with commas between: {string.Join(", ", Questions.Formats)} [default: all that the engine has]", HelpName = "LIST" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "Known deviations: fail on others only", HelpName = "FILE" };
    private readonly Option<string?> _saveBaseline = new("--save-baseline") { Description = "Write the deviations as a baseline", HelpName = "FILE" };
    private readonly Option<string?> _record = new("--record") { Description = "Write what the engine answered, to be judged or compared later", HelpName = "FILE.jsonl.gz" };
    private readonly Option<string?> _junit = new("--junit") { Description = "Write JUnit's XML", HelpName = "FILE.xml" };
    private readonly Option<string?> _sarif = new("--sarif") { Description = "Write SARIF 2.1.0", HelpName = "FILE.sarif" };
    private readonly Option<double?> _timeout = Parameters.Of("--timeout", Ranges.Positive.OrUnset(), null, "Seconds that an answer may take [default: 60]");

    public CheckVerb()
        : base(
            "check",
            "Check another engine's gradients at kinks, ties and zeros: exit code 1 where one is inadmissible",
            "nonsmooth check --engine \"python engines/example.py\"",
            "nonsmooth check --engine \"python engines/pytorch.py\" --functions relu*,clip* --formats f32,bf16",
            "nonsmooth check --engine libtorch --functions relu*",
            "nonsmooth check --engine ./mine --baseline known.txt --junit check.xml --sarif check.sarif",
            "nonsmooth check --recording mine.jsonl.gz --json")
    {
        foreach (Option option in (Option[])[_engine, _recording, _questions, _functions, _formats, _baseline, _saveBaseline, _record, _junit, _sarif, _timeout])
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        var known = Known(parsed.GetValue(_baseline), session.Context);
        foreach (string? file in (string?[])[parsed.GetValue(_saveBaseline), parsed.GetValue(_record), parsed.GetValue(_junit), parsed.GetValue(_sarif)])
        {
            session.CheckFolder(file);
        }

        var (recording, list) = Answers(parsed, session);
        var report = CheckReport.Of(recording, list, known);
        session.Print(CheckDocument.Of(report));
        if (parsed.GetValue(_record) is { } record)
        {
            using var stream = File.Create(Path.GetFullPath(record, session.Context.Folder));
            RecordingWriter.Write(stream, recording, list);
            session.Note($"wrote {record}");
        }

        session.Write(parsed.GetValue(_saveBaseline), () => CheckFiles.Baseline(report));
        session.Write(parsed.GetValue(_junit), () => CheckFiles.JUnit(report));
        session.Write(parsed.GetValue(_sarif), () => CheckFiles.Sarif(report));
        return report.Passes ? ExitCode.Done : ExitCode.Failed;
    }

    private (Recording Recording, IReadOnlyList<RecordedSpelling> List) Answers(ParseResult parsed, Session session)
    {
        string? command = parsed.GetValue(_engine), file = parsed.GetValue(_recording);
        if ((command is null) == (file is null))
        {
            throw new UsageException("give --engine COMMAND or --recording FILE, one of the two");
        }

        var formats = Formats(parsed.GetValue(_formats));
        string[] names = [.. parsed.GetRequiredValue(_functions).SelectMany(f => f.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (file is not null && parsed.GetValue(_questions) is not null)
        {
            throw new UsageException("--questions is for --engine: a recording says itself what it was asked");
        }

        Idle.Check(parsed, file is null, "a recording has its answers already", _timeout);
        if (file is not null)
        {
            var recorded = UsageException.Read(() => RecordingFile.Open(Path.GetFullPath(file, session.Context.Folder)));
            var chosen = Chosen(names, recorded.Asked, s => s.Name, s => s.Function);
            var kept = chosen.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            return (recorded.Recording.Of(kept.Contains, formats), chosen);
        }

        var list = parsed.GetValue(_questions) is { } folder
            ? Chosen(names, UsageException.Read(() => new RecordingFolder(Path.GetFullPath(folder, session.Context.Folder)).Spellings()), s => s.Name, s => s.Function)
            : Questions.Of(Chosen(names, SpellingCatalogue.All, s => s.Name, s => s.Function), formats);
        var engine = EnginesInProcess.Find(command!) ?? new EngineProcess(command!, session.Context.Folder, TimeSpan.FromSeconds(parsed.GetValue(_timeout) ?? 60));
        using var process = engine as IDisposable;
        var complaints = SelfTest.Of(engine);
        var live = ProgressBar.During(session.Context, "asking", bar => LiveRecording.Of(
            "live", engine, list, formats, (done, all) => bar.Report(done, all, ""), session.Context.Stop));
        return (live with { Complaints = complaints }, list);
    }

    private static IReadOnlyList<T> Chosen<T>(string[] names, IReadOnlyList<T> all, Func<T, string> name, Func<T, string> function)
    {
        foreach (string wanted in names.Where(w => !all.Any(s => Fits(w, name(s)) || Fits(w, function(s)))))
        {
            throw new UsageException($"--functions: there is no function or spelling '{wanted}'{Nearest.Question(wanted, all.SelectMany(s => new[] { name(s), function(s) }))}");
        }

        return names.Length == 0 ? all : [.. all.Where(s => names.Any(w => Fits(w, name(s)) || Fits(w, function(s))))];
    }

    private static bool Fits(string wanted, string name) =>
        wanted.EndsWith('*') ? name.StartsWith(wanted[..^1], StringComparison.Ordinal) : name == wanted;

    private static IReadOnlyList<string>? Formats(string? list)
    {
        string[]? formats = list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return formats?.FirstOrDefault(f => !Questions.Formats.Contains(f)) is { } unknown
            ? throw new UsageException($"--formats: there is no format '{unknown}': {Nearest.Mend(unknown, Questions.Formats)}")
            : formats;
    }

    private static IReadOnlySet<string> Known(string? file, ToolContext context)
    {
        if (file is null)
        {
            return new HashSet<string>();
        }

        try
        {
            return CheckFiles.ReadBaseline(File.ReadAllText(Path.GetFullPath(file, context.Folder)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--baseline {file}: {e.Message}", e);
        }
    }
}
