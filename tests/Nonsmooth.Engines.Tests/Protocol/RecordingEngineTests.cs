using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Tests.Recordings;

namespace Nonsmooth.Engines.Tests.Protocol;

/// <summary>Every recording, behind the protocol: served as an engine is, line by line, it answers as it answered, and is judged alike.</summary>
public class RecordingEngineTests
{
    private static readonly string[] _spellings = ["relu", "abs.x_sign", "clip", "maximum.xy", "clip3.min_max", "max", "sort", "norm.2", "max_pool2d.2", "linalg.det"];

    public static TheoryData<string> Names => [.. EngineTable.All.Select(e => e.Recording)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnswersAgainWhatItAnswered(string name)
    {
        var recording = RealRecordings.Open(name);
        var list = RealRecordings.List.Where(s => _spellings.Contains(s.Name)).ToList();
        var wanted = recording with { Answers = [.. recording.Answers.Where(a => _spellings.Contains(a.Spelling) && a.Value is not null)] };
        var live = LiveRecording.Of(name, Served(new RecordingEngine(recording)), list);
        Assert.Empty(live.Faults);
        Assert.Equal(Text(wanted, list), Text(live with { Cannot = wanted.Cannot }, list));
        Assert.True(live.Answers.Count > 20, $"{live.Answers.Count}");
        Assert.Equal(
            CheckReport.Of(wanted, list).Deviations.Select(d => d.Line),
            CheckReport.Of(live, list).Deviations.Select(d => d.Line));
    }

    // A question goes through text and back, and so does its answer.
    private static EngineSession Served(IEngine engine) => new(line =>
    {
        using var output = new StringWriter();
        EngineServer.Run(engine, new StringReader(line), output);
        return output.ToString().TrimEnd('\n');
    });

    private static string Text(Recording recording, IReadOnlyList<RecordedSpelling> list)
    {
        using var bytes = new MemoryStream();
        RecordingWriter.Write(bytes, recording with { Answers = [.. recording.Answers.OrderBy(a => a.Spelling, StringComparer.Ordinal).ThenBy(a => a.Format).ThenBy(a => a.Point)] }, list);
        using var text = new StreamReader(new System.IO.Compression.GZipStream(new MemoryStream(bytes.ToArray()), System.IO.Compression.CompressionMode.Decompress));
        return text.ReadToEnd();
    }
}
